"""Random accesses to a controller by foreign bus masters, held against its register model."""

import json
import random
from pathlib import Path

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import ClockCycles

from masters import MASTERS

MODEL = json.loads(Path("model.json").read_text())
REGISTERS = MODEL["registers"]
OFFSETS = {register["offset"] for register in REGISTERS}
# Writing these starts or ends runs, or moves what only the hardware knows
SPARED = {"cmd", "abort", "host_go", "ctrl", "arm", "lock"}
ROUNDS = 400


def mask(register):
    return sum(((1 << field["width"]) - 1) << field["lsb"] for field in register["fields"])


def reset_value(register):
    return sum(field["reset"] << field["lsb"] for field in register["fields"])


class Reference:
    """What each register and memory word must read, or None where only the hardware knows."""

    def __init__(self):
        self.values = {register["name"]: self.initial(register) for register in REGISTERS}
        self.words = {}

    @staticmethod
    def initial(register):
        if register["access"] == "wo":
            return 0
        if register.get("from") == "hardware":
            return None
        return reset_value(register)

    def write(self, register, value):
        name, access = register["name"], register["access"]
        value &= mask(register)
        if name == "intr_test":
            self.values["intr_state"] |= value
        elif access == "rw1c":
            self.values[name] &= ~value
        elif access == "rw" and register.get("from") != "hardware":
            self.values[name] = value


async def start(bench):
    cocotb.start_soon(Clock(bench.clk, 10, unit="ns").start())
    bench.rst_n.value = 0
    await ClockCycles(bench.clk, 2)
    master = MASTERS[MODEL["bus"]](bench)
    await ClockCycles(bench.clk, 2)
    bench.rst_n.value = 1
    await ClockCycles(bench.clk, 6)
    return master, Reference()


async def read_register(master, reference, register):
    found = await master.read(register["offset"], False)
    expected = reference.values[register["name"]]
    assert expected is None or found == expected, f"{register['name']}: {found:#x}, not {expected:#x}"


async def write_register(master, reference, register):
    value = random.getrandbits(32)
    refused = register["access"] == "ro"
    if master.has_strobes and random.random() < 0.2:
        await master.write(register["offset"], value, True, random.choice([0x1, 0x3, 0x8, 0xC]))
        return
    await master.write(register["offset"], value, refused)
    if not refused:
        reference.write(register, value)


async def use_memory(master, reference, window):
    index, lane = random.randrange(window["depth"]), random.randrange(window["lanes"])
    address = window["base"] + 4 * (index * window["laneStride"] + lane)
    bits = min(32, window["width"] - 32 * lane)
    if address not in reference.words or random.random() < 0.5:
        value = random.getrandbits(32)
        await master.write(address, value, False)
        reference.words[address] = value & ((1 << bits) - 1)
    found = await master.read(address, False)
    assert found == reference.words[address], f"{address:#x}: {found:#x}, not {reference.words[address]:#x}"


async def miss(master):
    """Addresses behind which there is nothing."""
    step = 1 if master.takes_unaligned else 4
    address = random.randrange(0, 0x1000, step)
    if address in OFFSETS:
        return
    if random.random() < 0.5:
        await master.read(address, True)
    else:
        await master.write(address, random.getrandbits(32), True)


@cocotb.test()
async def reset_values(bench):
    master, reference = await start(bench)
    for register in REGISTERS:
        await read_register(master, reference, register)


@cocotb.test()
async def random_accesses(bench):
    master, reference = await start(bench)
    writable = [register for register in REGISTERS if register["name"] not in SPARED]
    for _ in range(ROUNDS):
        kind = random.random()
        if kind < 0.35:
            await read_register(master, reference, random.choice(REGISTERS))
        elif kind < 0.7:
            await write_register(master, reference, random.choice(writable))
        elif kind < 0.85:
            await use_memory(master, reference, random.choice(MODEL["memories"]))
        else:
            await miss(master)
    for register in REGISTERS:
        await read_register(master, reference, register)


@cocotb.test(skip=MODEL["bus"] != "axi4lite")
async def reads_and_writes_at_once(bench):
    """Channels move on their own; every transfer gets its own answer."""
    master, reference = await start(bench)
    kept = [register for register in REGISTERS if register["access"] == "rw" and "from" not in register]
    for _ in range(ROUNDS // 8):
        written, *others = random.sample(kept, 4)
        tasks = [cocotb.start_soon(read_register(master, reference, register)) for register in others]
        tasks.append(cocotb.start_soon(write_register(master, reference, written)))
        for task in tasks:
            await task


@cocotb.test(skip=MODEL["bus"] != "axi4lite")
async def reset_in_the_middle(bench):
    """Transfers that a reset cuts off leave nothing behind."""
    master, _ = await start(bench)
    for clocks in range(1, 12):
        register = next(register for register in REGISTERS if register["name"] == "intr_enable")
        cut_off = [
            cocotb.start_soon(master.master.read(register["offset"], 4)),
            cocotb.start_soon(master.master.write(register["offset"], b"\1\0\0\0")),
        ]
        await ClockCycles(bench.clk, clocks)
        bench.rst_n.value = 0
        await ClockCycles(bench.clk, 2)
        bench.rst_n.value = 1
        await ClockCycles(bench.clk, 2)
        for task in cut_off:
            task.cancel()
        reference = Reference()
        await read_register(master, reference, register)
        await write_register(master, reference, register)
        await read_register(master, reference, register)
