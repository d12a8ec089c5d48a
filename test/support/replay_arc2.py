"""Replays a plan script on an instrument that only writes down what it is asked, each call as pyarc2 declares it.

usage: replay_arc2.py SCRIPT, with pyarc2 installed; prints calls and currents as JSON
"""
import importlib.util
import inspect
import json
import sys

import pyarc2


class Recorder:
    """Takes the calls that `pyarc2.Instrument` has, with arguments that its signatures and its checks take."""

    def __init__(self):
        self.calls = []

    def __getattr__(self, name):
        method = getattr(pyarc2.Instrument, name)

        def call(*args):
            inspect.signature(method).bind(self, *args)
            self.calls.append([name, *args])
            if name == "read_slice_open":
                channels = pyarc2._ndarray_check(args[0])
                assert all(0 <= channel < 64 for channel in channels)
                # All 64 channels, as the instrument answers: the current tells which one it is
                return [1e-9 * channel for channel in range(64)]
            if name == "config_channels":
                assert all(0 <= channel < 64 and abs(volts) <= 20 for channel, volts in args[0])
            if name == "delay":
                assert isinstance(args[0], int) and args[0] > 0
            return self

        return call


spec = importlib.util.spec_from_file_location("plan", sys.argv[1])
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)
recorder = Recorder()
currents = list(script.replay(recorder, script.PLAN, pyarc2))
print(json.dumps({"calls": recorder.calls, "currents": currents}, default=str))
