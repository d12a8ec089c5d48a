"""Pulsed outer-product updates of aihwkit: prints devices per second of CPU time on one thread.

Arguments: device class, pulse train length, chance that a line fires in a slot, lines on a side, vector pairs. The
size of every input is that chance, its sign is random, and the learning rate makes the gain of the trains 1; both
managements are off, so a device is pulsed in (chance squared) of all slots.
"""
import json
import sys
import time

import numpy as np
import torch

torch.set_num_threads(1)

import aihwkit
from aihwkit.simulator import configs
from aihwkit.simulator.parameters import UpdateParameters
from aihwkit.simulator.tiles import AnalogTile

name, length, chance = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
size, count = int(sys.argv[4]), int(sys.argv[5])
device = getattr(configs, name)(dw_min=0.001, dw_min_dtod=0.3, dw_min_std=0.3)
update = UpdateParameters(desired_bl=length, update_management=False, update_bl_management=False)
tile = AnalogTile(size, size, configs.SingleRPUConfig(device=device, update=update))
tile.set_learning_rate(length * 0.001)
generator = np.random.default_rng(1)
draw = lambda: torch.from_numpy(generator.choice([-chance, chance], (count, size)).astype(np.float32))

best = 0.0
for _ in range(3):
    x, d = draw(), draw()
    begin = time.process_time()
    tile.update(x, d)
    best = max(best, count * size * size / (time.process_time() - begin))
print(json.dumps({"version": aihwkit.__version__, "rate": best}))
