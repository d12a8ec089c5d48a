"""A recorded run of a controller under cocotb as people write it: a Python coroutine that awaits the clock at every event.

Arguments: the folder of the run, with the design, `run.json` (top, files, clock, ports, watch, memories) and `tape`
(see stimulus-tape.ts), and the simulator. The clock is made by cocotb; the coroutine awaits rising edges, looks at the
watched outputs behind each and sets the inputs of the next event. Prints clocks, events and events/s of CPU time.
"""

import json
import os
import sys
import time
from array import array
from pathlib import Path


def play_here():
    """The test, for cocotb inside of the simulator, which imports this file."""
    import cocotb
    from cocotb.clock import Clock
    from cocotb.triggers import FallingEdge, RisingEdge

    run = json.loads(Path("run.json").read_text())
    tape = array("I", Path("tape").read_bytes())

    @cocotb.test()
    async def play(dut):
        clock = getattr(dut, run["clock"])
        inputs = [(getattr(dut, port["name"]), port) for port in run["ports"] if port["direction"] == "input"]
        watched = [getattr(dut, name) for name in run["watch"]]
        strobes = [getattr(dut, name) for name in run["strobes"]]
        block = array("I", bytes(4 * run["words"]))
        for handle, _ in inputs:
            handle.value = 0
        cocotb.start_soon(Clock(clock, 2, "ns").start())
        await FallingEdge(clock)

        def show(handle, port):
            words = (port["width"] + 31) // 32
            value = int.from_bytes(block[port["offset"] : port["offset"] + words].tobytes(), "little")
            handle.value = value & ((1 << port["width"]) - 1)

        async def entry(at):
            limit, changes = tape[at], tape[at + 1]
            at += 2
            changed = set()
            for _ in range(changes):
                block[tape[at]] = tape[at + 1]
                changed.add(tape[at])
                at += 2
            for handle, port in inputs:
                if any(port["offset"] <= word < port["offset"] + (port["width"] + 31) // 32 for word in changed):
                    show(handle, port)
            clocks = 0
            while clocks < limit:
                await RisingEdge(clock)
                clocks += 1
                if clocks == 1:
                    for handle in strobes:
                        handle.value = 0
                    for port in run["ports"]:
                        if port["name"] in run["strobes"]:
                            block[port["offset"]] = 0
                await FallingEdge(clock)
                if any(int(handle.value) for handle in watched):
                    break
            return at, clocks

        at = 3
        for _ in range(tape[0]):
            at, _ = await entry(at)
        begin, total, events = time.process_time(), 0, min(tape[1], run["events"])
        for _ in range(events):
            at, clocks = await entry(at)
            total += clocks
        seconds = time.process_time() - begin
        result = {"clocks": total, "events": events, "rate": events / seconds, "version": cocotb.__version__}
        Path("result.json").write_text(json.dumps(result))

    return play


def main():
    try:
        from cocotb_tools.runner import get_runner
    except ImportError:
        from cocotb.runner import get_runner

    folder, simulator = Path(sys.argv[1]).resolve(), sys.argv[2]
    run = json.loads((folder / "run.json").read_text())
    arguments = {"icarus": ["-g2012"], "verilator": ["-Wno-fatal", "-Wno-lint", "-Wno-style", "--x-initial", "fast"]}
    runner = get_runner(simulator)
    os.chdir(folder)
    quiet = open(folder / "log", "w")
    saved = os.dup(1)
    os.dup2(quiet.fileno(), 1)
    runner.build(
        sources=[folder / name for name in run["files"]],
        hdl_toplevel=run["top"],
        build_args=arguments[simulator],
        build_dir=folder / "build",
        timescale=("1ns", "1ps"),
    )
    here = os.pathsep.join([str(Path(__file__).resolve().parent), os.environ.get("PYTHONPATH", "")])
    runner.test(
        hdl_toplevel=run["top"],
        test_module="cocotb_coroutines",
        build_dir=folder / "build",
        test_dir=folder,
        extra_env={"PYTHONPATH": here, "COCOTB_LOG_LEVEL": "ERROR"},
    )
    os.dup2(saved, 1)
    print((folder / "result.json").read_text())


if __name__ == "__main__":
    main()
else:
    play = play_here()
