"""Reads of an aihwkit tile through its default converters and noise: prints reads per second of CPU time, one thread.

Arguments: lines on a side, vectors in a batch.
"""
import json
import sys
import time

import numpy as np
import torch

torch.set_num_threads(1)

import aihwkit
from aihwkit.simulator.configs import ConstantStepDevice, SingleRPUConfig
from aihwkit.simulator.tiles import AnalogTile

size, count = int(sys.argv[1]), int(sys.argv[2])
generator = np.random.default_rng(1)
tile = AnalogTile(size, size, SingleRPUConfig(device=ConstantStepDevice()))
tile.set_weights(torch.from_numpy(generator.uniform(-0.5, 0.5, (size, size)).astype(np.float32)))
x = torch.from_numpy(generator.uniform(-1, 1, (count, size)).astype(np.float32))
with torch.no_grad():
    tile.forward(x)
    best = 0.0
    for _ in range(5):
        begin = time.process_time()
        tile.forward(x)
        best = max(best, count / (time.process_time() - begin))
print(json.dumps({"version": aihwkit.__version__, "rate": best}))
