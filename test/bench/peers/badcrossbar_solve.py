"""Solves one crossbar with badcrossbar: prints CPU seconds and, for comparison, the column currents.

Standard input: {"siemens": rows of columns, "volts": by row, "ohmsPerCell": number}. Rows are driven at column 0,
columns are grounded behind the last row. Best of the runs that fit into five seconds.
"""
import contextlib
import importlib.metadata
import json
import logging
import sys
import time
import warnings

warnings.simplefilter("ignore")  # Its plots want cairo; its solver does not.
import numpy as np

with contextlib.redirect_stdout(sys.stderr):
    import badcrossbar

logging.disable(logging.CRITICAL)
job = json.load(sys.stdin)
resistances = 1 / np.array(job["siemens"])
volts = np.array(job["volts"]).reshape(-1, 1)
runs = []
while not runs or sum(runs) + max(runs) < 5:
    begin = time.process_time()
    with contextlib.redirect_stdout(sys.stderr):
        solution = badcrossbar.compute(volts, resistances, job["ohmsPerCell"])
    runs.append(time.process_time() - begin)
currents = solution.currents.output.ravel().tolist()
version = importlib.metadata.version("badcrossbar")
print(json.dumps({"version": version, "seconds": min(runs), "currents": currents}))
