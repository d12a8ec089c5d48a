"""Records how neurons of snnTorch and Norse, and a recurrent network of them, answer to random inputs.

Made neurons.json beside it with snntorch 1.0.0, norse 1.1.0 and torch on Python 3.11 (CPU, float64):
    pip install torch snntorch norse nir nirtorch && python record-neurons.py

Every case holds the settings of the cell as the package takes them, inputs (steps x neurons), potentials behind each
step and spikes. A step is 1 ms.
"""

import json
import pathlib

import norse.torch.functional as norse
import snntorch
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(9)
STEPS, NEURONS = 60, 4


def rounded(values):
    return [[float(f"{value:.12g}") for value in row] for row in values.tolist()]


def case(inputs, potentials, spikes, **settings):
    shown = {"inputs": rounded(inputs), "potentials": rounded(torch.stack(potentials))}
    if spikes is not None:
        shown["spikes"] = [[int(value) for value in row] for row in torch.stack(spikes).tolist()]
    return {**settings, **shown}


def leaky(mechanism):
    inputs = torch.rand(STEPS, NEURONS) * 0.6 - 0.1
    cell = snntorch.Leaky(beta=0.9, threshold=0.8, reset_mechanism=mechanism, reset_delay=False)
    potential, potentials, spikes = torch.zeros(NEURONS), [], []
    for row in inputs:
        spike, potential = cell(row, potential)
        potentials.append(potential)
        spikes.append(spike)
    return case(inputs, potentials, spikes, beta=0.9, threshold=0.8, mechanism=mechanism)


def synaptic(mechanism):
    inputs = torch.rand(STEPS, NEURONS) * 0.5 - 0.1
    cell = snntorch.Synaptic(alpha=0.7, beta=0.85, threshold=0.9, reset_mechanism=mechanism, reset_delay=False)
    current, potential, potentials, spikes = torch.zeros(NEURONS), torch.zeros(NEURONS), [], []
    for row in inputs:
        spike, current, potential = cell(row, current, potential)
        potentials.append(potential)
        spikes.append(spike)
    return case(inputs, potentials, spikes, alpha=0.7, beta=0.85, threshold=0.9, mechanism=mechanism)


def norse_lif():
    inputs = torch.rand(STEPS, NEURONS) * 0.8
    parameters = norse.lif.LIFParameters(
        tau_syn_inv=torch.as_tensor(200.0),
        tau_mem_inv=torch.as_tensor(50.0),
        v_leak=torch.as_tensor(0.1),
        v_th=torch.as_tensor(0.5),
        v_reset=torch.as_tensor(-0.2),
    )
    state = norse.lif.LIFFeedForwardState(v=torch.full((NEURONS,), 0.1), i=torch.zeros(NEURONS))
    potentials, spikes = [], []
    for row in inputs:
        spike, state = norse.lif.lif_feed_forward_step(row, state, parameters, dt=0.001)
        potentials.append(state.v)
        spikes.append(spike)
    return case(inputs, potentials, spikes, tauSynapse=0.005, tau=0.02, rest=0.1, threshold=0.5, reset=-0.2)


def norse_li():
    inputs = torch.rand(STEPS, NEURONS) * 0.8 - 0.3
    parameters = norse.leaky_integrator.LIParameters(
        tau_syn_inv=torch.as_tensor(250.0), tau_mem_inv=torch.as_tensor(40.0), v_leak=torch.as_tensor(0.2)
    )
    state = norse.leaky_integrator.LIState(v=torch.full((NEURONS,), 0.2), i=torch.zeros(NEURONS))
    potentials = []
    for row in inputs:
        potential, state = norse.leaky_integrator.li_feed_forward_step(row, state, parameters, dt=0.001)
        potentials.append(potential)
    return case(inputs, potentials, None, tauSynapse=0.004, tau=0.025, rest=0.2)


def recurrent():
    """Inputs to hidden neurons that see their spikes of the step before, to outputs that see those of the same step."""
    inputs, hidden, outputs = 6, 16, 3
    shape = {"input": (inputs + 1, hidden), "recurrent": (hidden + 1, hidden), "output": (hidden + 1, outputs)}
    # Single precision, as weights of networks are
    weights = {name: (torch.randn(size) * 0.45).float().double() for name, size in shape.items()}
    spikes_in = (torch.rand(STEPS, inputs) < 0.3).double()
    first = snntorch.Synaptic(alpha=0.55, beta=0.9, threshold=1.0, reset_mechanism="zero", reset_delay=False)
    second = snntorch.Synaptic(alpha=0.5, beta=0.55, threshold=1.0, reset_mechanism="zero", reset_delay=False)
    states = [torch.zeros(hidden)] * 2 + [torch.zeros(outputs)] * 2
    spike, found, told = torch.zeros(hidden), [], []

    def through(values, name):
        return values.double() @ weights[name][:-1] + weights[name][-1]

    for row in spikes_in:
        spike, *states[:2] = first(through(row, "input") + through(spike, "recurrent"), *states[:2])
        answer, *states[2:] = second(through(spike, "output"), *states[2:])
        found.append(spike)
        told.append(answer)
    return {
        "weights": {name: values.tolist() for name, values in weights.items()},
        "inputs": spikes_in.int().tolist(),
        "hidden": torch.stack(found).int().tolist(),
        "outputs": torch.stack(told).int().tolist(),
    }


recording = {
    "leakyZero": leaky("zero"),
    "leakySubtract": leaky("subtract"),
    "synapticZero": synaptic("zero"),
    "synapticSubtract": synaptic("subtract"),
    "norseLif": norse_lif(),
    "norseLi": norse_li(),
    "recurrent": recurrent(),
}
file = pathlib.Path(__file__).parent / "neurons.json"
lines = [f'  "{name}": {json.dumps(each)}' for name, each in recording.items()]
file.write_text("{\n" + ",\n".join(lines) + "\n}\n")
