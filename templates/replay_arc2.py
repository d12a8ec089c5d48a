#!/usr/bin/env python3
"""Replays a pulse plan of Ionloom on an ArC TWO and writes the currents that it reads as CSV.

usage: python3 PLAN.py FIRMWARE.bin CURRENTS.csv [--port N]

Rows of the array are wired to channels 0 to 15 and 32 to 47, columns to 16 to 31 and 48 to 63, as the
instrument counts them. Nothing is read back while the plan runs: cells get the pulses of the plan, whatever
they do. Pulses last as long as the plan says; rests and reads last longer, by what the instrument takes.
"""
import argparse
import csv
import sys

ROW_CHANNELS = [*range(0, 16), *range(32, 48)]
COLUMN_CHANNELS = [*range(16, 32), *range(48, 64)]

# Levels: volts of all rows, volts of all columns. Steps: data set, level, width in nanoseconds, whether
# lines only rest, columns to read.
PLAN = {}


def voltages(plan, level):
    """What `config_channels` takes: every line of the array with its voltage."""
    rows, columns = plan["levels"][level]
    return [*zip(ROW_CHANNELS, rows), *zip(COLUMN_CHANNELS, columns)]


def replay(arc, plan, arc2):
    """Plays all steps; yields data set, step, column and current for every conversion.

    `arc` is an instrument of the module `arc2`, which is pyarc2.
    """
    used = [*ROW_CHANNELS[: plan["rows"]], *COLUMN_CHANNELS[: plan["columns"]]]
    arc.set_channel_range(used, arc2.OutputRange.EXT if plan["extended"] else arc2.OutputRange.STD)
    current_set = None
    for number, (data_set, level, nanoseconds, rests, columns) in enumerate(plan["steps"]):
        if data_set != current_set:
            arc.connect_to_gnd([])
            current_set = data_set
        arc.config_channels(voltages(plan, level), None)
        if nanoseconds > 0:
            arc.delay(nanoseconds)
        if columns:
            # Sends what is waiting and takes the current of all 64 channels; lines stay as they are
            currents = arc.read_slice_open([COLUMN_CHANNELS[column] for column in columns], False)
            for column in columns:
                yield data_set, number, column, float(currents[COLUMN_CHANNELS[column]])
        elif rests:
            # Only here: a pulse whose end is not yet sent would last until it is
            arc.execute()
            arc.wait()
    arc.ground_all().execute()
    arc.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("firmware")
    parser.add_argument("currents")
    parser.add_argument("--port", type=int, default=0, help="which of the instruments (pyarc2.find_ids)")
    options = parser.parse_args()
    import pyarc2

    arc = pyarc2.Instrument(options.port, options.firmware)
    with open(options.currents, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["data set", "step", "column", "current [A]"])
        table.writerows(replay(arc, PLAN, pyarc2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
