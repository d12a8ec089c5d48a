"""Pulsed outer-product updates of aihwkit: prints devices per second of CPU time on one thread.

Arguments: device class, pulse train length, lines on a side, vector pairs. Activations and errors are uniform in
[-1, 1] and the learning rate is chosen so that a full-scale line always fires: both managements are off.
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

name, length, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
device = getattr(configs, name)(dw_min=0.001, dw_min_dtod=0.3, dw_min_std=0.3)
update = UpdateParameters(desired_bl=length, update_management=False, update_bl_management=False)
tile = AnalogTile(size, size, configs.SingleRPUConfig(device=device, update=update))
tile.set_learning_rate(length * 0.001)
generator = np.random.default_rng(1)
draw = lambda: torch.from_numpy(generator.uniform(-1, 1, (count, size)).astype(np.float32))

best = 0.0
for _ in range(3):
    x, d = draw(), draw()
    begin = time.process_time()
    tile.update(x, d)
    best = max(best, count * size * size / (time.process_time() - begin))
print(json.dumps({"version": aihwkit.__version__, "rate": best}))
