/** Any bit of any program word, flipped before a run reads it: the run ends, and nothing of the word is seen. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { BusMaster } from '../../../src/cosim/bus-master.js';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import { createBusMaster } from '../../../src/cosim/create-bus-master.js';
import type { ModelSession } from '../../../src/cosim/engine.js';
import { PortBlock } from '../../../src/cosim/port-block.js';
import { packOp, STOP_FIELDS, type OpFields } from '../../../src/ir/encode-op.js';
import type { Lanes } from '../../../src/ir/legal.js';
import { LOOP_DEPTHS, WORD_KIND } from '../../../src/ir/microcode.js';
import { encode } from '../../../src/ir/passes/encode.js';
import type { PulseOperation } from '../../../src/ir/scheduled.js';
import { unpackWord } from '../../../src/ir/word-format.js';
import { openController } from '../../support/controller-run.js';
import { ORIGIN } from '../../support/mapped-fixture.js';
import { dataSet, loop, pulseProgram, scheduledModule, segment } from '../../support/pulse-program.js';

const CONTROL: readonly PulseOperation[] = [
  { kind: 'wait', condition: 'always', origin: ORIGIN },
  { kind: 'command', unit: 'host', argument: 1, origin: ORIGIN },
];

/** Every kind of word: pulses, reads, a pulse of one clock, a wait, a command. */
const LEGAL = encode(
  scheduledModule(
    pulseProgram({
      rows: 3,
      columns: 4,
      operations: [
        segment({ row: { kind: 'all' }, fires: true }),
        segment({ column: { kind: 'all' }, fires: true }),
        ...CONTROL,
        loop(0, 2, segment({ row: { kind: 'counter', counter: 0 }, samples: { mode: 'store', negate: false } })),
        loop(
          0,
          'entries',
          segment({ row: { kind: 'entry' }, column: { kind: 'entry' }, dwell: { kind: 'entry' }, fires: true }),
        ),
      ],
      dataSets: [
        dataSet([
          { row: 1, column: 2, negative: false, magnitude: 3, last: false },
          { row: 2, column: 0, negative: true, magnitude: 1, last: true },
        ]),
      ],
    }),
  ),
);
const { base, laneStride } = LEGAL.windows.program;
const MOST_CLOCKS = 300;

let session: ModelSession;
let ports: PortBlock;
let host: ControllerHost;
let bus: BusMaster;
let whole: Run;

beforeAll(async () => {
  session = await openController(LEGAL);
  ports = new PortBlock(session);
  host = new ControllerHost(session, LEGAL);
  host.start();
  bus = createBusMaster(LEGAL.bus, ports, () => {
    session.step();
  });
  host.loadDataSet(0);
  whole = run();
});

interface Run {
  /** What the lines show, one text for every commit but the last. */
  readonly seen: readonly string[];
  readonly code: number;
  readonly isAtRest: boolean;
}

function lines(): string {
  const shown = ['rail_o', 'pol_o', 'fire_o'].map((name) => ports.get(name));
  return [ports.lines('row_o').join(','), ports.lines('col_o').join(','), ...shown].join(' ');
}

/** Runs the program in the memory, with converters that answer at once. */
function run(): Run {
  host.writeRegister('ctrl', 1);
  host.arm();
  host.writeRegister('cmd', LEGAL.dataSets[0]!.entry);
  const seen: string[] = [];
  for (let clock = 0; clock < MOST_CLOCKS && ports.get('idle_o') === 0; clock++) {
    ports.set('adc_valid_i', ports.get('adc_conv_o'));
    session.step();
    if (ports.get('line_event_o') === 1 && ports.get('idle_o') === 0) seen.push(lines());
  }
  const isAtRest = ports.get('idle_o') === 1 && lines() === '  0 0 0';
  return { seen, code: host.readRegister('err_code') & 0xff, isAtRest };
}

/** Puts `lanes` where a word is for one run. */
function runWith(address: number, lanes: Lanes): Run {
  const write = (word: Lanes): void => {
    word.forEach((value, lane) => {
      bus.write(base + 4 * (address * laneStride + lane), value);
    });
  };
  write(lanes);
  const outcome = run();
  write(LEGAL.program.words[address]!);
  return outcome;
}

/** Addresses that the run comes to: every loop makes more than one turn. */
const REACHED = [...reachedFrom(LEGAL.dataSets[0]!.entry)].sort((a, b) => a - b);

function reachedFrom(address: number, reached = new Set<number>()): ReadonlySet<number> {
  if (reached.has(address)) return reached;
  reached.add(address);
  const { kind, end, next } = fieldsOf(LEGAL.program.words[address]!);
  if (kind === WORD_KIND.stop) return reached;
  const repeated = LOOP_DEPTHS.filter((depth) => (end >> depth) % 2 === 1).map((depth) => next | (depth + 1));
  for (const successor of [next, ...repeated]) reachedFrom(successor, reached);
  return reached;
}

function fieldsOf(lanes: Lanes): OpFields {
  return { ...STOP_FIELDS, ...unpackWord(LEGAL.opFormat, lanes) };
}

describe('a program in a memory that is whole', () => {
  it('runs', () => {
    expect(whole).toMatchObject({ code: 0, isAtRest: true });
    expect(whole.seen.length).toBeGreaterThan(5);
    expect(new Set(REACHED.map((address) => fieldsOf(LEGAL.program.words[address]!).kind)).size).toBe(3);
  });
});

describe.each(REACHED)('a flipped bit in word %i', (address) => {
  it.each(LEGAL.opFormat.fields)('is found in $name', ({ lsb, width }) => {
    for (let bit = lsb; bit < lsb + width; bit++) {
      const damaged = LEGAL.program.words[address]!.map((lane, index) =>
        Math.floor(bit / 32) === index ? (lane ^ (1 << (bit % 32))) >>> 0 : lane,
      );
      const { code, isAtRest, seen } = runWith(address, damaged);
      expect({ code, isAtRest }, `bit ${String(bit)}`).toEqual({ code: 12, isAtRest: true });
      // Nothing but words that are whole has been on the lines
      expect(whole.seen.slice(0, seen.length), `bit ${String(bit)}`).toEqual(seen);
    }
  });

  it('is forgotten with the word', () => {
    expect(run()).toEqual(whole);
  });
});

describe('a word with a code that means nothing', () => {
  const segment = REACHED.find((address) => fieldsOf(LEGAL.program.words[address]!).kind === WORD_KIND.segment) ?? 0;
  const control = REACHED.find((address) => fieldsOf(LEGAL.program.words[address]!).kind === WORD_KIND.control) ?? 0;

  it.each<[string, number, Partial<OpFields>]>([
    ['lines', segment, { row: 15 }],
    ['columns', segment, { column: 15 }],
    ['polarity', segment, { polarity: 3 }],
    ['samples', segment, { samples: 7 }],
    ['rest', segment, { rest: 3 }],
    ['control', control, { dwell: 3 }],
    ['kind, as there are no set words', segment, { kind: WORD_KIND.set }],
  ])('ends the run: %s', (_, address, change) => {
    const word = packOp(LEGAL.opFormat, { ...fieldsOf(LEGAL.program.words[address]!), ...change });
    const { code, isAtRest, seen } = runWith(address, word);
    expect({ code, isAtRest }).toEqual({ code: 12, isAtRest: true });
    expect(whole.seen.slice(0, seen.length)).toEqual(seen);
  });
});
