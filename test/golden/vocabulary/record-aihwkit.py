"""Records how devices of aihwkit answer to 200 pulses up and 200 down, noise off, device-to-device draws on.

Made the CSV files beside it in aihwkit/ with aihwkit 1.2.0 (CPU, float32) and torch 2.15.0 on Python 3.11:
    pip install torch aihwkit && python record-aihwkit.py

A file begins with the settings of the class, then what aihwkit drew for each of its three devices, one name a line,
then the weights after each pulse, one device a column.
"""

import dataclasses
import pathlib

import torch
from aihwkit.simulator.configs import SingleRPUConfig, UpdateParameters, devices
from aihwkit.simulator.presets import devices as presets

FOLDER = pathlib.Path(__file__).parent / "aihwkit"
DEVICES = 3
PULSES = 200

# Larger steps than those of the classes reach the bounds; a piecewise device without nodes would be one of constant steps
LARGE = {"dw_min": 0.01}
CASES = {
    "constantStep": (devices.ConstantStepDevice, LARGE),
    "linearStep": (devices.LinearStepDevice, {**LARGE, "gamma_up": 0.3, "gamma_down": 0.6}),
    "linearStepAdditive": (
        devices.LinearStepDevice,
        {**LARGE, "gamma_up": 0.3, "gamma_down": 0.6, "mult_noise": False, "mean_bound_reference": False},
    ),
    "softBounds": (devices.SoftBoundsDevice, LARGE),
    "softBoundsReference": (
        devices.SoftBoundsReferenceDevice,
        {**LARGE, "mult_noise": True, "reference_mean": 0.05, "reference_std": 0.1, "slope_up_dtod": 0.2},
    ),
    "softBoundsPmax": (devices.SoftBoundsPmaxDevice, {"p_max": 150, "alpha": 0.02, "range_min": -0.4, "range_max": 0.8}),
    "expStep": (devices.ExpStepDevice, LARGE),
    "powStep": (devices.PowStepDevice, {**LARGE, "pow_gamma": 1.7, "pow_up_down": -0.2, "pow_up_down_dtod": 0.1}),
    "piecewiseStep": (
        devices.PiecewiseStepDevice,
        {**LARGE, "piecewise_up": [0.2, 1.0, 1.5, 0.7], "piecewise_down": [1.4, 0.5, 0.9, 0.3]},
    ),
    "ecRam": (presets.EcRamPresetDevice, {}),
    "ecRamMo": (presets.EcRamMOPresetDevice, {}),
    "reRamEs": (presets.ReRamESPresetDevice, {}),
    "reRamSb": (presets.ReRamSBPresetDevice, {}),
    "capacitor": (presets.CapacitorPresetDevice, {}),
    "gokmenVlasov": (presets.GokmenVlasovPresetDevice, {}),
    "idealized": (presets.IdealizedPresetDevice, {}),
}


def tile_of(device):
    """A column of devices that take one pulse per update."""
    update = UpdateParameters(desired_bl=1, update_bl_management=False, update_management=False)
    config = SingleRPUConfig(device=device, update=update)
    tile = config.tile_class(DEVICES, 1, config)
    tile.set_learning_rate(1.0)
    tile.set_weights(torch.zeros(DEVICES, 1))
    return tile


def settings_of(device):
    """The fields of the class that are numbers or lists of them."""
    for field in dataclasses.fields(device):
        value = getattr(device, field.name)
        if isinstance(value, (bool, int, float)):
            yield field.name, [float(value)]
        elif isinstance(value, list):
            yield field.name, value


def text_of(values):
    """Nine digits tell floats of 32 bits apart."""
    return [f"{value:.9g}" for value in values]


def record(name, device_class, changes):
    """Writes the file of one case."""
    torch.manual_seed(1)
    device = device_class(construction_seed=7, **changes)
    settings = dict(settings_of(device))
    device.dw_min_std = 0.0
    if hasattr(device, "write_noise_std"):
        device.write_noise_std = 0.0
    tile = tile_of(device)
    with open(FOLDER / f"{name}.csv", "w", encoding="ascii") as file:
        for key, values in settings.items():
            print("setting", key, *values, sep=",", file=file)
        for key, values in tile.get_hidden_parameters().items():
            print("drawn", key, *text_of(values.flatten().tolist()), sep=",", file=file)
        for pulse in range(2 * PULSES):
            # A positive error lowers the weight
            direction = -1.0 if pulse < PULSES else 1.0
            tile.update(torch.ones(1, 1), direction * torch.ones(1, DEVICES))
            print("weight", pulse + 1, *text_of(tile.get_weights()[0].flatten().tolist()), sep=",", file=file)


for case, (case_class, case_changes) in CASES.items():
    record(case, case_class, case_changes)
