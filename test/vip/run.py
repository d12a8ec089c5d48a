"""Builds the controller in this folder with Icarus and exercises its bus; exit status 0 where all tests pass."""

import json
import os
import sys
from pathlib import Path

from cocotb_tools.runner import get_results, get_runner

FOLDER = Path(sys.argv[1])
MODEL = json.loads((FOLDER / "model.json").read_text())

runner = get_runner("icarus")
runner.build(
    sources=[FOLDER / name for name in MODEL["files"]],
    hdl_toplevel="bench",
    build_args=["-g2012"],
    build_dir=FOLDER / "build",
    timescale=("1ns", "1ps"),
)
results = runner.test(
    hdl_toplevel="bench",
    test_module="exercise",
    build_dir=FOLDER / "build",
    test_dir=FOLDER,
    seed=MODEL["seed"],
    extra_env={"PYTHONPATH": os.pathsep.join([str(FOLDER), os.environ.get("PYTHONPATH", "")])},
)
total, failed = get_results(results)
print(f"{total} tests, {failed} failed")
sys.exit(0 if total > 0 and failed == 0 else 1)
