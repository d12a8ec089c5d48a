/** Views of the files that bring the controller into other flows: FuseSoC core and timing constraints. */
import type { ControllerPort } from '../../ir/controller-port.js';
import { CLOCK_PORT, controllerPorts, RESET_PORT } from '../../ir/controller-ports.js';
import type { LegalModule } from '../../ir/legal.js';
import { sourceName } from './comment-text.js';
import { hexLiteral } from './declaration.js';
import type { ConstraintsView, CoreView, Line } from './views.js';

/** Pins that come from outside without a clock, and the one that goes off without a clock. */
const ASYNCHRONOUS = /^(estop_ni|ocp_i|otp_i|compliance_i|in_window_i|coil_fault_i|dac_ack_i|aer_.*_i|drv_en_o)$/;

/** Ports of time warp and of co-simulation. */
const OBSERVATION = /^Observation/;

/** Share of the period that is assumed outside of the chip. */
const OUTSIDE_PERCENT = 30;

/** The core description of `module`; `sources` in dependency order and `contents` are file names beside it. */
export function coreView(module: LegalModule, sources: readonly string[], contents: readonly string[]): CoreView {
  return {
    source: sourceName(module.source),
    top: module.name,
    vlnv: `ionloom:controller:${module.name}`,
    rows: module.sizes.rows,
    columns: module.sizes.columns,
    specHash: hexLiteral(module.specHash, 32).replace(/^.*'h/, '').replace('_', ''),
    sources: lines(sources),
    contents: lines(contents),
  };
}

/** Clock, exceptions and delays at the ports of `module`. */
export function constraintsView(module: LegalModule): ConstraintsView {
  const groups = controllerPorts(module);
  const observed = groups.filter(({ title }) => OBSERVATION.test(title)).flatMap(({ ports }) => ports);
  const pins = groups
    .filter(({ title }) => !OBSERVATION.test(title))
    .flatMap(({ ports }) => ports)
    .filter(({ name }) => name !== CLOCK_PORT);
  const asynchronous = pins.filter(isAsynchronous);
  const synchronous = pins.filter((port) => !isAsynchronous(port));
  const period = 1e9 / module.clockHz;
  const outside = (period * OUTSIDE_PERCENT) / 100;
  return {
    source: sourceName(module.source),
    top: module.name,
    period: period.toFixed(3),
    outsidePercent: OUTSIDE_PERCENT,
    asynchronous: lines(asynchronous.map(falsePath)),
    inputs: lines(inDirection(synchronous, 'input').flatMap((port) => delays(port, outside))),
    outputs: lines(inDirection(synchronous, 'output').flatMap((port) => delays(port, outside))),
    observation: lines(observed.map(falsePath)),
  };
}

function isAsynchronous({ name }: ControllerPort): boolean {
  return name === RESET_PORT || ASYNCHRONOUS.test(name);
}

function inDirection(ports: readonly ControllerPort[], direction: ControllerPort['direction']) {
  return ports.filter((port) => port.direction === direction);
}

/** A port as SDC names it: the bits of a vector by a pattern. */
function pinsOf({ name, width }: ControllerPort): string {
  return width === 1 ? `{${name}}` : `{${name}[*]}`;
}

function falsePath(port: ControllerPort): string {
  return `set_false_path ${port.direction === 'input' ? '-from' : '-to'} [get_ports ${pinsOf(port)}]`;
}

function delays(port: ControllerPort, nanoseconds: number): readonly string[] {
  const pins = `[get_ports ${pinsOf(port)}]`;
  const command = `set_${port.direction}_delay -clock clk`;
  return [`${command} -max ${nanoseconds.toFixed(3)} ${pins}`, `${command} -min 0.000 ${pins}`];
}

function lines(texts: readonly string[]): readonly Line[] {
  return texts.map((text) => ({ text }));
}
