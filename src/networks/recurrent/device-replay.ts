/**
 * A recorded run of a layer with fast weights, again on devices that hold both parts of every weight: the fast part is
 * written by pulses whose voltage comes from the device's law turned round, and decays under a bias of every synapse.
 *
 * Of each step: the layer is read; the time of the step passes under the biases; pulses add `gain h u^T`. What is
 * recorded goes in, errors of the devices do not act back. Lasting parts are set beforehand, which costs nothing here.
 */
import { compileKernel } from '../../devices/compile-kernel.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { TileKernel } from '../../devices/kernel.js';
import { nearestPulse, type ShortTermLaw } from './short-term-law.js';

/** Values before (steps x width), as they are used, and outputs (steps x units) of a layer. */
export interface RecordedRun {
  readonly steps: number;
  readonly width: number;
  readonly units: number;
  readonly before: Float64Array;
  readonly outputs: Float64Array;
}

/** Matrices are (units x width), row-major. */
export interface ReplaySetup {
  readonly device: DeviceModel;
  readonly law: ShortTermLaw;
  readonly run: RecordedRun;
  readonly weight: Float64Array;
  readonly decay: Float64Array;
  readonly gain: Float64Array;
  /** In pairs, what is negative goes to the second cell; a single cell cannot hold it. */
  readonly scheme: 'single' | 'differential';
  /** Conductance of a weight of one [S]. */
  readonly siemensPerUnit: number;
  /** A bias for all cells in place of those that the decays ask for [V]. */
  readonly bias?: number;
  readonly stepSeconds: number;
  /** For how long inputs drive the lines in a read [s]. */
  readonly readSeconds: number;
  readonly seed: number;
  readonly without: readonly string[];
}

/** What the devices did. */
export interface ReplayResult {
  /** Root mean square of what fast parts of devices differ by from those of the layer, by that of the latter. */
  readonly error: number;
  /** Energies [J]: biases between steps, pulses, reads. */
  readonly energy: { readonly hold: number; readonly write: number; readonly read: number };
  readonly pulses: number;
  /** Changes that no cell could take up: negative ones of single cells. */
  readonly unwritten: number;
  /** Lines before that carry pulses in a step, and pulses of one cell in a step. */
  readonly activeLines: { readonly mean: number; readonly most: number };
  readonly mostPulses: number;
  /** Part of the decays that were out of the device's reach. */
  readonly beyondReach: number;
}

/** Replays the run. */
export function replayOnDevices(setup: ReplaySetup): ReplayResult {
  return new Replay(setup).run();
}

class Replay {
  readonly #setup: ReplaySetup;
  readonly #kernel: TileKernel;
  /** Cells of a weight, side by side. */
  readonly #cells: number;
  readonly #fast: Float64Array;
  /** What is still to be written [S] (width x units x cells), and the voltages for it. */
  readonly #wanted: Float64Array;
  readonly #volts: Float64Array;
  #beyondReach = 0;
  #unwritten = 0;
  #pulses = 0;
  #mostPulses = 0;
  #activeLines = 0;
  #mostLines = 0;
  #readEnergy = 0;

  constructor(setup: ReplaySetup) {
    const { device, run, scheme, seed, without } = setup;
    this.#setup = setup;
    this.#cells = scheme === 'differential' ? 2 : 1;
    const window = device.windows.find(({ name }) => name === device.defaultWindow);
    const columns = run.units * this.#cells;
    this.#kernel = compileKernel(device, { rows: run.width, columns, ...(window && { window }), seed, without });
    this.#fast = new Float64Array(run.units * run.width);
    this.#wanted = new Float64Array(run.width * columns);
    this.#volts = new Float64Array(run.width * columns);
    this.#program();
    this.#biasCells();
  }

  run(): ReplayResult {
    const { run } = this.#setup;
    let [differences, squares] = [0, 0];
    for (let step = 0; step < run.steps; step++) {
      this.#read(step);
      this.#kernel.rest(this.#setup.stepSeconds);
      this.#follow(step);
      this.#write();
      const found = this.#compare();
      differences += found.difference;
      squares += found.square;
    }
    const { selectedEnergy, halfSelectedEnergy, holdEnergy } = this.#kernel;
    return {
      error: squares === 0 ? 0 : Math.sqrt(differences / squares),
      energy: { hold: holdEnergy, write: selectedEnergy + halfSelectedEnergy, read: this.#readEnergy },
      pulses: this.#pulses,
      unwritten: this.#unwritten,
      activeLines: { mean: this.#activeLines / run.steps, most: this.#mostLines },
      mostPulses: this.#mostPulses,
      beyondReach: this.#beyondReach / this.#setup.decay.length,
    };
  }

  /** Index of the first cell of a synapse: lines before are rows, neurons behind columns. */
  #cellOf(unit: number, line: number): number {
    return (line * this.#setup.run.units + unit) * this.#cells;
  }

  #eachSynapse(visit: (cell: number, synapse: number, line: number, unit: number) => void): void {
    const { units, width } = this.#setup.run;
    for (let line = 0; line < width; line++) {
      for (let unit = 0; unit < units; unit++) visit(this.#cellOf(unit, line), unit * width + line, line, unit);
    }
  }

  #program(): void {
    const { law, weight, siemensPerUnit, device } = this.#setup;
    const long = this.#kernel.stateOf(law.long);
    const { min = 0, max = Infinity } = device.states.find(({ name }) => name === law.long) ?? {};
    const within = (siemens: number): number => Math.min(max, Math.max(min, siemens));
    this.#eachSynapse((cell, synapse) => {
      const siemens = (weight[synapse] ?? NaN) * siemensPerUnit;
      long[cell] = within(siemens);
      if (this.#cells === 2) long[cell + 1] = within(-siemens);
    });
  }

  #biasCells(): void {
    const { law, decay, bias } = this.#setup;
    const biases = new Float64Array(this.#volts.length).fill(bias ?? 0);
    // Decays repeat: synapses at the ends of the range, shared ones
    const found = new Map<number, number>();
    this.#eachSynapse((cell, synapse) => {
      const kept = decay[synapse] ?? NaN;
      if (kept < law.kept.least - NEAR || kept > law.kept.most + NEAR) this.#beyondReach++;
      if (bias !== undefined) return;
      const volts = found.get(kept) ?? law.biasFor(kept);
      found.set(kept, volts);
      biases.fill(volts, cell, cell + this.#cells);
    });
    this.#kernel.modulate(law.bias, biases);
  }

  #read(step: number): void {
    const { device, run, readSeconds } = this.#setup;
    const volts = this.#volts;
    this.#eachSynapse((cell, _, line) => {
      volts.fill((run.before[step * run.width + line] ?? NaN) * device.readVoltage.volts, cell, cell + this.#cells);
    });
    const currents = new Float64Array(volts.length);
    this.#kernel.currentsAt(volts, currents, new Float64Array(volts.length));
    for (let cell = 0; cell < volts.length; cell++) {
      this.#readEnergy += Math.abs((volts[cell] ?? NaN) * (currents[cell] ?? NaN)) * readSeconds;
    }
  }

  /** One step of the layer's own fast parts, and what of it pulses have to add. */
  #follow(step: number): void {
    const { run, decay, gain, siemensPerUnit } = this.#setup;
    this.#wanted.fill(0);
    this.#eachSynapse((cell, synapse, line, unit) => {
      const product = (run.outputs[step * run.units + unit] ?? NaN) * (run.before[step * run.width + line] ?? NaN);
      const change = (gain[synapse] ?? NaN) * product;
      this.#fast[synapse] = (decay[synapse] ?? NaN) * (this.#fast[synapse] ?? NaN) + change;
      if (change > 0 || this.#cells === 2) {
        this.#wanted[change > 0 ? cell : cell + 1] = Math.abs(change) * siemensPerUnit;
      } else if (change < 0) this.#unwritten++;
    });
  }

  /** Pulses until nothing is left that one would bring nearer. */
  #write(): void {
    const { law, run } = this.#setup;
    const lines = new Set<number>();
    for (let round = 1; ; round++) {
      let count = 0;
      this.#volts.fill(0);
      for (let cell = 0; cell < this.#wanted.length; cell++) {
        const wanted = this.#wanted[cell] ?? NaN;
        const pulse = wanted > 0 ? nearestPulse(law, wanted) : undefined;
        if (!pulse) continue;
        count++;
        this.#volts[cell] = pulse.volts;
        // What is left of a change within reach of one pulse is its error
        const isLast = wanted <= (law.pulses.at(-1)?.step ?? NaN);
        this.#wanted[cell] = isLast ? 0 : wanted - pulse.step;
        lines.add(Math.floor(cell / (run.units * this.#cells)));
      }
      if (count === 0) break;
      this.#kernel.pulseCells(this.#volts, law.pulseSeconds);
      this.#pulses += count;
      this.#mostPulses = Math.max(this.#mostPulses, round);
    }
    this.#activeLines += lines.size;
    this.#mostLines = Math.max(this.#mostLines, lines.size);
  }

  #compare(): { readonly difference: number; readonly square: number } {
    const { law, siemensPerUnit } = this.#setup;
    const short = this.#kernel.stateOf(law.short);
    let [difference, square] = [0, 0];
    this.#eachSynapse((cell, synapse) => {
      const siemens = (short[cell] ?? NaN) - (this.#cells === 2 ? (short[cell + 1] ?? NaN) : 0);
      const wanted = this.#fast[synapse] ?? NaN;
      difference += (siemens / siemensPerUnit - wanted) ** 2;
      square += wanted ** 2;
    });
    return { difference, square };
  }
}

/** Decays that differ by less count as equal. */
const NEAR = 1e-3;
