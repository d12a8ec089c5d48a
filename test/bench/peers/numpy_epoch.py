"""One epoch of the network of examples/magneto-ionic in plain float32, without devices: images, labels as arguments."""
import gzip
import json
import sys
import time

import numpy

BATCH, HIDDEN, CLASSES, EPSILON = 128, 512, 10, numpy.float32(1e-5)


def read(path, offset):
    with gzip.open(path) as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=offset)


def normalize(z):
    centred = z - z.mean(0)
    inverse = 1 / numpy.sqrt((centred * centred).mean(0) + EPSILON)
    return centred * inverse, inverse


def normalize_back(error, normal, inverse):
    return (error - error.mean(0) - normal * (error * normal).mean(0)) * inverse


images = read(sys.argv[1], 16).reshape(-1, 28, 28)
labels = read(sys.argv[2], 8)
x = numpy.zeros((len(images), 32, 32), numpy.float32)
x[:, 2:30, 2:30] = images / numpy.float32(255)
x = x.reshape(len(x), -1)
random = numpy.random.default_rng(1)
first = random.uniform(-0.03, 0.03, (1024, HIDDEN)).astype(numpy.float32)
second = random.uniform(-0.04, 0.04, (HIDDEN, CLASSES)).astype(numpy.float32)
rate = numpy.float32(0.1)
correct = 0
start = time.process_time()
for at in range(0, len(x), BATCH):
    batch, label = x[at : at + BATCH], labels[at : at + BATCH]
    normal1, inverse1 = normalize(batch @ first)
    hidden = numpy.maximum(normal1, 0)
    normal2, inverse2 = normalize(hidden @ second)
    power = numpy.exp(normal2 - normal2.max(1, keepdims=True))
    error = power / power.sum(1, keepdims=True)
    correct += (normal2.argmax(1) == label).sum()
    error[numpy.arange(len(label)), label] -= 1
    error /= numpy.float32(len(label))
    error2 = normalize_back(error, normal2, inverse2)
    error1 = normalize_back((error2 @ second.T) * (normal1 > 0), normal1, inverse1)
    second -= rate * (hidden.T @ error2)
    first -= rate * (batch.T @ error1)
seconds = time.process_time() - start
print(json.dumps({"version": numpy.__version__, "seconds": seconds, "accuracy": float(correct / len(x))}))
