"""Bus masters that others have written, behind one interface: a transfer, and whether it must be refused."""

import itertools
import random

from cocotb.triggers import RisingEdge
from cocotbext.apb import ApbBus, ApbMaster
from cocotbext.axi import AxiLiteBus, AxiLiteMaster, AxiResp
from cocotbext.wishbone.driver import WBOp, WishboneMaster

ALL_BYTES = 0xF


def pauses():
    """Random gaps in a stream, now and then long ones."""
    while True:
        yield from itertools.repeat(random.random() < 0.5, random.choice([1, 1, 1, 2, 5]))


class Apb:
    has_strobes = False
    takes_unaligned = True

    def __init__(self, bench):
        self.bench = bench
        self.master = ApbMaster(ApbBus.from_prefix(bench, "apb"), bench.clk, timeout_max=20)

    async def _gap(self):
        for _ in range(random.choice([0, 0, 1, 3])):
            await RisingEdge(self.bench.clk)

    async def read(self, address, refused):
        await self._gap()
        return int.from_bytes(await self.master.read(address, error_expected=refused), "little")

    async def write(self, address, value, refused, strobes=ALL_BYTES):
        assert strobes == ALL_BYTES
        await self._gap()
        await self.master.write(address, value, error_expected=refused)


class AxiLite:
    has_strobes = True
    takes_unaligned = False

    def __init__(self, bench):
        self.master = AxiLiteMaster(AxiLiteBus.from_prefix(bench, "axil"), bench.clk, bench.rst_n, False)
        writes, reads = self.master.write_if, self.master.read_if
        for channel in (writes.aw_channel, writes.w_channel, writes.b_channel, reads.ar_channel, reads.r_channel):
            channel.set_pause_generator(pauses())

    async def read(self, address, refused):
        answer = await self.master.read(address, 4)
        assert answer.resp == (AxiResp.SLVERR if refused else AxiResp.OKAY), f"{answer} at {address:#x}"
        return int.from_bytes(answer.data, "little")

    async def write(self, address, value, refused, strobes=ALL_BYTES):
        first = (strobes & -strobes).bit_length() - 1
        data = value.to_bytes(4, "little")[first : strobes.bit_length()]
        answer = await self.master.write(address + first, data)
        assert answer.resp == (AxiResp.SLVERR if refused else AxiResp.OKAY), f"{answer} at {address:#x}"


class Wishbone:
    has_strobes = True
    takes_unaligned = True

    def __init__(self, bench):
        self.master = WishboneMaster(bench, "wb", bench.clk, timeout=20)

    async def _transfer(self, address, value, refused, strobes):
        operation = WBOp(address, value, idle=random.choice([0, 0, 1, 3]), sel=strobes, acktimeout=20)
        (answer,) = await self.master.send_cycle([operation])
        assert answer.ack == (2 if refused else 1), f"answer {answer.ack} at {address:#x}"
        return answer.datrd

    async def read(self, address, refused):
        data = await self._transfer(address, None, refused, ALL_BYTES)
        return 0 if refused else int(data)

    async def write(self, address, value, refused, strobes=ALL_BYTES):
        await self._transfer(address, value, refused, strobes)


MASTERS = {"apb": Apb, "axi4lite": AxiLite, "wishbone": Wishbone}
