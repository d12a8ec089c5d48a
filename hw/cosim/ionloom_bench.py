"""A model in any simulator of cocotb 2, driven through two descriptors.

The bench module (see bench-text.ts) does clocks, this coroutine sets its inputs and reads its outputs. Frames are
those of frame.ts: five 32-bit words of header (magic, version and kind, sequence, bytes of payload, CRC-32 of all the
others), then the payload, all little endian.
"""

import os
import struct
import zlib
from array import array

import cocotb
from cocotb.triggers import ValueChange

MAGIC = 0x464E4F49
VERSION = 1
HELLO, RUN, BYE, FAULT = 1, 2, 3, 4
HEADER = struct.Struct("<5I")
MAX_PAYLOAD = 2**20
REQUESTS, ANSWERS = 3, 4


class Refusal(Exception):
    """A request that cannot be worked on; the text goes to the host."""


class Hangup(Exception):
    """Nobody asks any more."""


class Connection:
    """Takes requests and answers them; the simulation stands still while it waits."""

    def __init__(self):
        self.sequence = 0

    def receive(self):
        header = self._read(HEADER.size)
        magic, version, sequence, count, checksum = HEADER.unpack(header)
        self.sequence = sequence
        if magic != MAGIC or version & 0xFFFF != VERSION:
            raise Refusal("a request is no frame of version 1")
        if count > MAX_PAYLOAD or count % 4 != 0:
            raise Refusal("a request has no length that a request can have")
        payload = self._read(count)
        if zlib.crc32(payload, zlib.crc32(header[:16])) != checksum:
            raise Refusal("a request is damaged")
        return version >> 16, payload

    def answer(self, kind, payload):
        start = struct.pack("<4I", MAGIC, VERSION | kind << 16, self.sequence, len(payload))
        checksum = zlib.crc32(payload, zlib.crc32(start))
        self._write(start + struct.pack("<I", checksum) + payload)

    @staticmethod
    def _read(count):
        parts = []
        while count > 0:
            part = os.read(REQUESTS, count)
            if not part:
                raise Hangup
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    @staticmethod
    def _write(data):
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(ANSWERS, view) :]
        except BrokenPipeError:
            raise Hangup from None


class Ports:
    """The block of 32-bit words and the ports of the design that its words belong to."""

    def __init__(self, dut, payload):
        words = memoryview(payload).cast("I")
        self.block = array("I", bytes(4 * words[0]))
        self.port_of = [None] * words[0]
        self.outputs = []
        at = 2
        for _ in range(words[1]):
            is_output, offset, width, length = words[at : at + 4]
            name = bytes(memoryview(payload)[4 * at + 16 : 4 * at + 16 + length]).decode()
            at += 4 + (length + 3) // 4
            port = self._find(dut, name, width), offset, (width + 31) // 32, (1 << width) - 1
            for word in range(offset, offset + port[2]):
                self.port_of[word] = port
            if is_output:
                self.outputs.append(port)

    @staticmethod
    def _find(dut, name, width):
        handle = getattr(dut, name, None)
        if handle is None:
            raise Refusal(f"the design has no port `{name}`")
        if len(handle) != width:
            raise Refusal(f"port `{name}` of the design has another width")
        return handle

    def change(self, changes):
        """Writes (word, value) pairs, each changed port once and whole."""
        changed = {}
        for index in range(0, len(changes), 2):
            word = changes[index]
            if word >= len(self.block):
                raise Refusal("a request speaks of a word that the block has not")
            self.block[word] = changes[index + 1]
            port = self.port_of[word]
            changed[port[1]] = port
        for handle, offset, words, mask in changed.values():
            value = int.from_bytes(self.block[offset : offset + words].tobytes(), "little")
            handle.value = value & mask

    def fetch(self):
        """Reads all outputs; unknown bits count as zero, for the other engines have two states."""
        for handle, offset, words, _ in self.outputs:
            text = str(handle.value)
            if not text.isdecimal() or text.strip("01"):
                text = "".join("1" if digit in "1H" else "0" for digit in text)
            self.block[offset : offset + words] = array("I", int(text, 2).to_bytes(4 * words, "little"))

    def any_set(self, masks):
        return any(self.block[masks[at]] & masks[at + 1] for at in range(0, len(masks), 2))

    def shown(self):
        return b"".join(self.block[offset : offset + words].tobytes() for _, offset, words, _ in self.outputs)


class Bench:
    """Does the steps of a request one after the other."""

    def __init__(self, dut):
        self.dut = dut
        self.level = 0
        self.settled = ValueChange(dut.bench_ready)
        self.ports = None

    async def clocks(self, limit):
        """At most `limit` clocks, fewer where a watched output is set; returns how many."""
        self.level ^= 1
        self.dut.bench_limit.value = limit
        self.dut.bench_go.value = self.level
        await self.settled
        self.ports.fetch()
        return int(self.dut.bench_done.value)

    async def run(self, payload):
        words = memoryview(payload).cast("I")
        count, at = words[0], 1
        done = clocks = total = 0
        for _ in range(count):
            limit = words[at]
            until, at = pairs(words, at + 1)
            zero, at = pairs(words, at)
            changes, at = pairs(words, at)
            self.ports.change(changes)
            clocks = await self.clocks(1 if until else limit)
            is_met = not until or self.ports.any_set(until)
            while not is_met and clocks < limit:
                clocks += await self.clocks(1)
                is_met = self.ports.any_set(until)
            total += clocks
            if not is_met or self.ports.any_set(zero):
                break
            done += 1
        return struct.pack("<3I", done, clocks, total) + self.ports.shown()


def pairs(words, at):
    """A count and so many pairs of words; returns them and where they end."""
    end = at + 1 + 2 * words[at]
    return words[at + 1 : end].tolist(), end


@cocotb.test()
async def serve(dut):
    """Answers until the host has no more questions."""
    connection = Connection()
    bench = Bench(dut)
    await bench.settled
    try:
        while True:
            kind, payload = connection.receive()
            if kind == BYE:
                return
            if kind == HELLO:
                bench.ports = Ports(dut, payload)
                text = f"cocotb {cocotb.__version__}, {cocotb.SIM_NAME} {cocotb.SIM_VERSION}"
                connection.answer(HELLO, text.encode())
            elif kind == RUN and bench.ports:
                connection.answer(RUN, await bench.run(payload))
            else:
                raise Refusal("a request is of a kind that there is not")
    except Refusal as refusal:
        connection.answer(FAULT, str(refusal).encode())
        raise
    except Hangup:
        return
