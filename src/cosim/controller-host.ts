/**
 * The host's driver of a controller: loads program and data, arms, starts, and follows the run event by event.
 * Clocks in which only counters move are skipped (time warp), so a run costs evaluated clocks per event, not per time.
 */
import { invariant } from '../core/invariant.js';
import { surroundingsOf } from '../ir/spike-environment.js';
import { interpretLegal } from '../ir/interpret-legal.js';
import type { LineSpike } from '../ir/scheduled.js';
import type { Lanes, LegalDataSet, LegalModule, MemoryWindow, MemoryWindows, RegisterName } from '../ir/legal.js';
import { CONTROLLER_ID } from '../ir/core-registers.js';
import { ARM_KEYS, CTRL_CLEAR, STATUS_ARMED } from '../ir/register-map.js';
import { withBoards } from './board-session.js';
import type { BusMaster } from './bus-master.js';
import type { ObservedCommit, ObservedSample } from './comparison.js';
import { ControllerFault } from './controller-fault.js';
import { createBusMaster } from './create-bus-master.js';
import type { ModelSession } from './engine.js';
import { observeLines } from './observed-lines.js';
import { PortBlock } from './port-block.js';
import { SpikeSender } from './spike-sender.js';

/** What a run tells; clocks count from the first commit of the run. */
export interface RunHandlers {
  /** Lines have changed; the last commit of a run leaves them idle. */
  commit(commit: ObservedCommit): void;
  /** Converters convert: returns the code of each, (converters). */
  sample(sample: ObservedSample): readonly number[];
}

export interface RunSummary {
  /** Code of the first fault, 0 for none; see `ERROR_CODES`. */
  readonly errorCode: number;
  readonly underruns: number;
  readonly pulses: number;
  /** Whether the model did not come to an end and was given up. */
  readonly isStalled: boolean;
  /** From the first to the last commit, and how many of these clocks were evaluated. */
  readonly clocks: number;
  readonly evaluatedClocks: number;
}

/** The clock edge at which converters answer, and their codes. */
interface PendingAnswer {
  readonly edge: number;
  readonly codes: readonly number[];
}

/** Evaluated clocks without an event, or with a spike that is not taken, after which a model is given up; a pipeline fills in less than a hundred. */
const MAX_SILENT_CLOCKS = 100_000;

/** Events after which a run is compared with how many there should be. */
const UNSUSPICIOUS_EVENTS = 100_000;

const RESET_CLOCKS = 2;
/** Both synchronisers of the guard, and some. */
const WAKE_CLOCKS = 4;

export class ControllerHost {
  readonly #session: ModelSession;
  readonly #legal: LegalModule;
  readonly #ports: PortBlock;
  readonly #bus: BusMaster;
  #skipped = 0;
  #dataSet: LegalDataSet | undefined;
  #answer: PendingAnswer | undefined;
  #sender: SpikeSender | undefined;
  #spikes: readonly LineSpike[] | undefined;
  /** Clocks since a spike has begun to be handed over. */
  #waitingClocks = 0;

  constructor(session: ModelSession, legal: LegalModule) {
    this.#session = withBoards(session, legal);
    this.#legal = legal;
    this.#ports = new PortBlock(this.#session);
    const inner = this.#session;
    const step = (): void => {
      inner.step();
    };
    this.#bus = createBusMaster(
      legal.bus,
      this.#ports,
      step,
      inner.runBatch && ((steps) => inner.runBatch?.(steps) ?? 0),
    );
  }

  /** Clocks of the design's time, skipped ones included. */
  get clocks(): number {
    return this.#session.evaluatedClocks + this.#skipped;
  }

  get evaluatedClocks(): number {
    return this.#session.evaluatedClocks;
  }

  /** Program address of the segment that runs. */
  get address(): number {
    return this.#ports.get('op_o');
  }

  /**
   * Resets the controller, checks that it is the one that was compiled, and loads the program.
   * This and arming throw {@link ControllerFault} where the model does not answer as it must.
   */
  start(): void {
    this.#ports.set('rst_ni', 0);
    this.#ports.set('estop_ni', 1);
    this.#step(RESET_CLOCKS);
    this.#ports.set('rst_ni', 1);
    this.#step(WAKE_CLOCKS);
    this.#demand('id', this.readRegister('id'), CONTROLLER_ID);
    this.#demand('spec_hash', this.readRegister('spec_hash'), this.#legal.specHash);
    this.loadProgram();
  }

  /** Writes the program memory, where the chip has one. */
  loadProgram(): void {
    if (this.#legal.isFrozen) return;
    this.#fill(this.#legal.windows.program, this.#legal.program.words);
  }

  /** Writes work list, planes and targets of a data set; `run` executes it. */
  loadDataSet(index: number): void {
    const dataSet = this.#legal.dataSets[index];
    invariant(dataSet, `data set ${String(index)} exists`);
    this.#dataSet = dataSet;
    this.#fill(this.#legal.windows.work, dataSet.entries);
    this.#fill(this.#legal.windows.rowPlane, dataSet.rowPlanes);
    this.#fill(this.#legal.windows.columnPlane, dataSet.columnPlanes);
    const targets = this.#legal.windows.target.base;
    this.#bus.writeAll(dataSet.targets.map(({ word, value }) => ({ address: targets + 4 * word, value })));
    this.writeRegister('limit', dataSet.entries.length);
  }

  /** Turns the keys that switch the drivers on. */
  arm(): void {
    for (const key of ARM_KEYS) this.writeRegister('arm', key);
    this.#demand('status.armed', this.readRegister('status') & STATUS_ARMED, STATUS_ARMED);
  }

  /** Arms, runs the loaded data set to its end with the spikes that it brings, and tells every event. */
  run(handlers: RunHandlers, spikes?: readonly LineSpike[]): RunSummary {
    invariant(this.#dataSet, 'a data set has been loaded');
    const { blocks, sizes } = this.#legal;
    const period = blocks.spikes?.tickClocks;
    // Without spikes of its own the data set leaves the pins to whoever else drives them
    this.#sender = period !== undefined && spikes ? new SpikeSender(this.#ports, sizes, period, spikes) : undefined;
    this.#spikes = spikes;
    this.writeRegister('ctrl', CTRL_CLEAR);
    this.arm();
    return this.execute(this.#dataSet.entry, handlers);
  }

  /** Starts the program at `entry` as things stand, and follows it to its end. */
  execute(entry: number, handlers: RunHandlers): RunSummary {
    this.#answer = undefined;
    this.writeRegister('cmd', entry);
    this.#sender?.start(this.clocks);
    const followed = this.#follow(handlers);
    return {
      ...followed,
      errorCode: this.readRegister('err_code') & 0xff,
      underruns: this.readRegister('underrun'),
      pulses: this.readRegister('pulses'),
    };
  }

  /** Codes that the last run stored: for each conversion step the code of every converter. */
  readResults(): readonly (readonly number[])[] {
    const { base, laneStride, lanes } = this.#legal.windows.result;
    return Array.from({ length: this.#dataSet?.resultSteps ?? 0 }, (_, step) =>
      Array.from({ length: lanes }, (__, lane) => this.#bus.read(base + 4 * (step * laneStride + lane))),
    );
  }

  /** A bus word of a memory; a memory that the controller lacks, or uses, answers with an error. */
  readWord(memory: keyof MemoryWindows, word: number): number {
    return this.#bus.read(this.#legal.windows[memory].base + 4 * word);
  }

  writeWord(memory: keyof MemoryWindows, word: number, value: number): void {
    this.#bus.write(this.#legal.windows[memory].base + 4 * word, value);
  }

  readRegister(name: RegisterName): number {
    return this.#bus.read(this.#offset(name));
  }

  writeRegister(name: RegisterName, value: number): void {
    this.#bus.write(this.#offset(name), value);
  }

  #follow(handlers: RunHandlers): Pick<RunSummary, 'isStalled' | 'clocks' | 'evaluatedClocks'> {
    const ports = this.#ports;
    const evaluatedBefore = this.evaluatedClocks;
    let firstCommit: number | undefined;
    let lastCommit = 0;
    let events = 0;
    let maxEvents = UNSUSPICIOUS_EVENTS;
    for (;;) {
      if (ports.get('line_event_o') === 1) {
        firstCommit ??= this.clocks;
        lastCommit = this.clocks - firstCommit;
        events += 1;
        handlers.commit(this.#observeCommit(lastCommit));
        if (ports.get('idle_o') === 1) break;
      }
      if (ports.get('adc_conv_o') === 1) {
        const clock = this.clocks - (firstCommit ?? 0);
        const codes = handlers.sample({ kind: 'sample', clock, share: ports.get('adc_mux_o') });
        this.#answer = { edge: this.clocks + this.#legal.scan.conversionClocks + 1, codes };
        events += 1;
      }
      if (events > maxEvents) maxEvents = this.#eventLimit();
      if (events > maxEvents || !this.#advance()) {
        return { isStalled: true, clocks: lastCommit, evaluatedClocks: this.evaluatedClocks - evaluatedBefore };
      }
    }
    return { isStalled: false, clocks: lastCommit, evaluatedClocks: this.evaluatedClocks - evaluatedBefore };
  }

  #observeCommit(clock: number): ObservedCommit {
    const ports = this.#ports;
    const lines = observeLines(ports.lines('row_o'), ports.lines('col_o'), this.#legal.sizes);
    const { rows, columns } = lines;
    const railSet = ports.get('rail_o');
    const negative = ports.get('pol_o') === 1;
    const fires = ports.get('fire_o') === 1;
    // Most controllers have nothing else, and this runs for every event
    const isPlain = lines.levels === undefined && lines.tiles === undefined;
    return isPlain
      ? { kind: 'segment', clock, rows, columns, railSet, negative, fires }
      : { kind: 'segment', clock, ...lines, railSet, negative, fires };
  }

  /** Goes on to the next clock in which something happens; false where nothing does for long. */
  #advance(): boolean {
    const answer = this.#answer;
    const untilAnswer = answer ? answer.edge - this.clocks - 1 : Infinity;
    const untilSpike = this.#sender?.clocksLeft(this.clocks) ?? Infinity;
    const skip = Math.min(this.#ports.get('left_o'), untilAnswer, untilSpike);
    if (skip > 0) {
      this.#ports.set('warp_i', 1);
      this.#ports.set('skip_i', skip);
      this.#skipped += skip;
    }
    // Nobody takes the spike: the program may go on for hours of evaluated clocks
    this.#waitingClocks = untilSpike === 0 ? this.#waitingClocks + 1 : 0;
    if (this.#waitingClocks > MAX_SILENT_CLOCKS) return false;
    if (Number.isFinite(untilSpike)) this.#sender?.drive(this.clocks);
    else if (!answer) return this.#session.runUntil(MAX_SILENT_CLOCKS) < MAX_SILENT_CLOCKS;
    if (answer && skip === untilAnswer) this.#give(answer.codes);
    this.#session.step();
    return true;
  }

  #give(codes: readonly number[]): void {
    this.#ports.set('adc_valid_i', 1);
    this.#ports.setFields('adc_data_i', codes, this.#legal.scan.bits);
    this.#answer = undefined;
  }

  /** More events than any working controller tells of the loaded data set. */
  #eventLimit(): number {
    let expected = 0;
    const surroundings = surroundingsOf(this.#legal, this.#spikes);
    if (this.#dataSet) for (const _event of interpretLegal(this.#legal, this.#dataSet, surroundings)) expected += 1;
    return Math.max(UNSUSPICIOUS_EVENTS, 2 * expected);
  }

  #fill({ base, laneStride }: MemoryWindow, words: readonly Lanes[]): void {
    this.#bus.writeAll(
      words.flatMap((lanes, index) =>
        lanes.map((value, position) => ({ address: base + 4 * (index * laneStride + position), value })),
      ),
    );
  }

  #step(clocks: number): void {
    for (let clock = 0; clock < clocks; clock++) this.#session.step();
  }

  /** Throws {@link ControllerFault} unless a register reads as it must before anything can be compared. */
  #demand(register: string, found: number, expected: number): void {
    const hexadecimal = (value: number): string => `0x${value.toString(16)}`;
    if (found !== expected)
      throw new ControllerFault(`register ${register}`, hexadecimal(expected), hexadecimal(found));
  }

  #offset(name: RegisterName): number {
    const register = this.#legal.registers.find((candidate) => candidate.name === name);
    invariant(register, `register ${name} exists`);
    return register.offset;
  }
}
