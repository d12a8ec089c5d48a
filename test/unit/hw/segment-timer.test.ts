/** The execute stage against a plain account of clocks: dwell, scan, rest, parking, abort, time warp. */
import { describe, expect, it } from 'vitest';
import { firstDifference, type CellModel } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';

type Values = Readonly<Record<string, number>>;

/** What follows in a segment that is on the lines; parked segments have ended without a next one. */
type Phase = 'idle' | 'parked' | 'dwell' | 'scan' | 'rest';

interface Clock {
  readonly isFree: boolean;
  readonly takes: boolean;
  readonly isRefused: boolean;
  readonly finishes: boolean;
  readonly selects: boolean;
  readonly commits: boolean;
  readonly startsScan: boolean;
  readonly startsRest: boolean;
}

const REST = { rail: 0, negative: 0, fires: 0, holds: 0 } as const;

class TimerModel implements CellModel<Values> {
  readonly #dwellBits: number;
  phase: Phase = 'idle';
  /** Clocks of a dwell or rest that are left, this one among them. */
  left = 0;
  isBusy = false;
  /** Something has been committed and not ended late. */
  isRunning = false;
  #samples = false;
  #rests = false;
  #chain = false;
  #lines: Values = REST;
  #taken: Values = {};
  #hasCommitted = false;
  #isLate = false;

  constructor(dwellBits: number) {
    this.#dwellBits = dwellBits;
  }

  reset(): void {
    this.#idle();
    this.#lines = REST;
    this.#taken = {};
    this.#hasCommitted = this.#isLate = false;
  }

  get warps(): number {
    return this.phase === 'dwell' || this.phase === 'rest' ? this.left - 1 : 0;
  }

  #clock(inputs: Values): Clock {
    const is = (name: string): boolean => inputs[name] === 1;
    const isLast = this.warps === this.#skip(inputs);
    const endsDwell = this.phase === 'dwell' && isLast;
    const endsLines = (endsDwell && !this.#samples) || (this.phase === 'scan' && is('scan_done_i'));
    const startsRest = endsLines && this.#rests;
    const isFree = this.phase === 'parked' || (endsLines && !this.#rests) || (this.phase === 'rest' && isLast);
    const takes = isFree && is('next_valid_i');
    const isRefused = takes && is('next_fires_i') && !is('armed_i');
    const finishes = isFree && is('ended_i');
    const wouldStretch = this.#lines['fires'] === 1 && this.#lines['holds'] === 0;
    return {
      isFree,
      takes,
      isRefused,
      finishes,
      startsRest,
      startsScan: endsDwell && this.#samples,
      selects: takes && !isRefused && !is('abort_i'),
      commits: (isFree && (takes || finishes || wouldStretch)) || startsRest || (is('abort_i') && this.isBusy),
    };
  }

  #skip({ warp_i, skip_i = 0 }: Values): number {
    return warp_i ? skip_i : 0;
  }

  /** Told in every clock, looked at with a commit: lines are those of the prepared segment. */
  #offers(inputs: Values): boolean {
    const isUnarmed = inputs['next_fires_i'] === 1 && inputs['armed_i'] !== 1;
    const isOther = this.#clock(inputs).startsRest || inputs['abort_i'] === 1;
    return inputs['next_valid_i'] === 1 && !isUnarmed && !isOther;
  }

  outputs(inputs: Values): Values {
    const { isFree, takes, isRefused, finishes, selects, commits, startsScan } = this.#clock(inputs);
    const isContinued = this.isRunning && this.#chain && this.#lines['negative'] === inputs['next_negative_i'];
    const fires = inputs['next_fires_i'] === 1;
    return {
      free_o: Number(isFree),
      scan_start_o: Number(startsScan),
      scan_mode_o: this.#taken['next_samples_i'] ?? 0,
      scan_row_o: this.#taken['next_row_i'] ?? 0,
      commit_o: Number(commits),
      select_o: Number(this.#offers(inputs)),
      rail_o: this.#lines['rail'] ?? 0,
      negative_o: this.#lines['negative'] ?? 0,
      fire_o: this.#lines['fires'] ?? 0,
      addr_o: this.#taken['next_addr_i'] ?? 0,
      line_event_o: Number(this.#hasCommitted),
      busy_o: Number(this.isBusy),
      running_o: Number(this.isRunning),
      pulse_start_o: Number(takes && fires && !isContinued),
      fire_start_o: Number(selects && fires),
      refused_o: Number(isRefused),
      underrun_o: Number(this.#isLate),
      finish_o: Number(finishes),
      left_o: this.warps,
    };
  }

  advance(inputs: Values): void {
    const clock = this.#clock(inputs);
    const { isFree, takes, selects } = clock;
    const isAborted = inputs['abort_i'] === 1;
    this.#isLate = isFree && !takes && this.isRunning && inputs['coming_i'] === 1 && !isAborted;
    this.#hasCommitted = clock.commits;
    if (clock.commits)
      this.#lines = selects
        ? {
            rail: inputs['next_rail_i'] ?? 0,
            negative: inputs['next_negative_i'] ?? 0,
            fires: inputs['next_fires_i'] ?? 0,
            holds: inputs['next_hold_i'] ?? 0,
          }
        : REST;
    if (takes) this.#taken = inputs;
    if (isAborted || clock.isRefused || clock.finishes) this.#idle();
    else this.#move(inputs, clock);
  }

  #idle(): void {
    this.phase = 'idle';
    this.left = 0;
    this.isBusy = this.isRunning = this.#samples = this.#rests = this.#chain = false;
  }

  #move(inputs: Values, { isFree, takes, startsScan, startsRest }: Clock): void {
    this.left -= 1 + this.#skip(inputs);
    if (inputs['start_i']) this.isBusy = true;
    if (inputs['go_i']) this.phase = 'parked';
    if (startsScan) this.phase = 'scan';
    if (startsRest) {
      this.phase = 'rest';
      this.left = inputs['rest_clocks_i'] ?? 0;
      this.#rests = this.#samples = this.#chain = false;
    }
    if (takes) this.#take(inputs);
    else if (isFree) {
      this.phase = 'parked';
      this.isRunning = false;
    }
  }

  #take(inputs: Values): void {
    const dwell = ((inputs['next_count_i'] ?? 0) + 3) % 2 ** (this.#dwellBits + 1);
    this.phase = 'dwell';
    this.left = Math.max(1, dwell);
    this.isRunning = true;
    this.#samples = (inputs['next_samples_i'] ?? 0) % 8 !== 0;
    this.#rests = inputs['next_rest_i'] === 1 && inputs['rest_clocks_i'] !== 0;
    this.#chain = inputs['next_chain_i'] === 1;
  }
}

describe.each([
  { AddrW: 3, RailW: 2, RowW: 2, DwellW: 4 },
  { AddrW: 6, RailW: 1, RowW: 5, DwellW: 20 },
])('the segment timer with %o', (parameters) => {
  it.each([0, 1])('keeps every segment on the lines for its clocks (time warp %i)', async (hasWarp) => {
    const { AddrW, RailW, RowW, DwellW } = parameters;
    const random = randomNumbers(DwellW + hasWarp);
    const model = new TimerModel(DwellW);
    let starts = false;
    let rest_clocks_i = 1;
    let scanLeft = 0;
    const difference = await firstDifference<Values>({
      shape: {
        cell: 'ion_segment_timer',
        parameters,
        ports: {
          start_i: 1,
          go_i: 1,
          abort_i: 1,
          armed_i: 1,
          rest_clocks_i: DwellW,
          next_valid_i: 1,
          free_o: 1,
          next_addr_i: AddrW,
          next_rail_i: RailW,
          next_row_i: RowW,
          next_samples_i: 4,
          next_negative_i: 1,
          next_fires_i: 1,
          next_hold_i: 1,
          next_rest_i: 1,
          next_chain_i: 1,
          next_count_i: DwellW + 1,
          coming_i: 1,
          ended_i: 1,
          scan_start_o: 1,
          scan_mode_o: 4,
          scan_row_o: RowW,
          scan_done_i: 1,
          scan_ending_i: 1,
          commit_o: 1,
          select_o: 1,
          rail_o: RailW,
          negative_o: 1,
          fire_o: 1,
          addr_o: AddrW,
          line_event_o: 1,
          busy_o: 1,
          running_o: 1,
          pulse_start_o: 1,
          fire_start_o: 1,
          refused_o: 1,
          underrun_o: 1,
          finish_o: 1,
          left_o: DwellW,
          warp_i: 1,
          skip_i: DwellW,
        },
      },
      model,
      clocks: 12_000,
      stimulus: (age) => {
        // A run starts a few clocks after the last one; it goes on a clock later
        const go_i = Number(starts && age > 0);
        const start_i = Number(!model.isBusy && age > 3 && random(4) === 0);
        const abort_i = Number(random(80) === 0);
        starts = start_i === 1 && abort_i === 0;
        if (!model.isBusy && !start_i && age < 3) rest_clocks_i = random(5);
        const ended_i = Number(random(12) === 0);
        const next_valid_i = Number(!ended_i && random(5) > 0);
        // A scan of two clocks or more
        if (model.phase !== 'scan') scanLeft = 2 + random(3);
        else scanLeft -= 1;
        const dwell = random(3) === 0 ? random(2 ** DwellW) : random(6);
        const warps = hasWarp === 1 && random(2) === 1;
        const left = model.warps;
        const skips = [left, Math.max(0, left - 1), random(left + 1)];
        return {
          start_i,
          go_i,
          abort_i,
          armed_i: Number(random(10) > 0),
          rest_clocks_i,
          next_valid_i,
          next_addr_i: random(2 ** AddrW),
          next_rail_i: random(2 ** RailW),
          next_row_i: random(2 ** RowW),
          next_samples_i: random(3) === 0 ? random(16) : 0,
          next_negative_i: random(2),
          next_fires_i: random(2),
          next_hold_i: random(2),
          next_rest_i: random(2),
          next_chain_i: random(2),
          next_count_i: (dwell - 3 + 2 ** (DwellW + 1)) % 2 ** (DwellW + 1),
          coming_i: ended_i ? 0 : random(2),
          ended_i,
          scan_done_i: Number(model.phase === 'scan' && scanLeft === 0),
          scan_ending_i: Number(model.phase === 'scan' && scanLeft === 1),
          warp_i: Number(warps),
          skip_i: warps ? (skips[random(3)] ?? 0) : random(2 ** DwellW),
        };
      },
    });
    expect(difference).toBeUndefined();
  });
});
