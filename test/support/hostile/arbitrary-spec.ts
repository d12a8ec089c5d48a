/** Random well-typed programs on random chips: everything that the language lets them choose. */
import fc, { type Arbitrary } from 'fast-check';

/** A source with the pictures that it writes. */
export interface RandomSpec {
  readonly source: string;
  readonly files: Readonly<Record<string, string>>;
}

const pick = <Value extends string | number>(...values: readonly Value[]): Arbitrary<Value> =>
  fc.constantFrom(...values);
const maybe = (text: string): Arbitrary<string> => fc.constantFrom('', text);

const tile = fc.record({
  rows: fc.integer({ min: 1, max: 20 }),
  columns: fc.integer({ min: 1, max: 20 }),
  bias: pick('half', 'third'),
  railBits: fc.integer({ min: 8, max: 14 }),
  timerBits: fc.integer({ min: 12, max: 24 }),
  settle: pick('0 us', '1 us', '100 us', '1 ms'),
  adcBits: fc.integer({ min: 4, max: 16 }),
  adcTime: pick('1 us', '2 us', '17 us'),
  shared: fc.integer({ min: 1, max: 6 }),
  constSettle: maybe('const '),
  constAdc: maybe('const '),
});

const chip = fc.record({
  clock: pick('1 MHz', '10 MHz', '33 MHz', '100 MHz'),
  bus: pick('apb', 'axi4lite', 'wishbone'),
  tile,
});

const program = fc.record({
  window: pick('low', 'mid', 'high'),
  order: pick('serial', 'rows'),
  read: maybe('read after each'),
  calibrate: maybe('calibrate gain with 5 pulses'),
  without: maybe('without noise'),
  seeds: fc.integer({ min: 1, max: 3 }),
  firstSeed: fc.nat(1000),
  pictures: fc.array(fc.nat(2 ** 31 - 1), { minLength: 1, maxLength: 3 }),
});

/** Brightnesses without symmetry, many of them 0 or 1. */
function picture(rows: number, columns: number, seed: number): string {
  const at = (index: number): number => {
    const value = Math.imul(index + seed, 2654435761) >>> 24;
    return value < 64 ? 0 : value > 192 ? 1 : value / 255;
  };
  const line = (row: number): string =>
    Array.from({ length: columns }, (_, column) => at(row * columns + column)).join(',');
  return Array.from({ length: rows }, (_, row) => `${line(row)}\n`).join('');
}

/** A spec; the compiler may refuse it for physics (a disturb that cannot be corrected, times that do not fit). */
export const arbitrarySpec: Arbitrary<RandomSpec> = fc.tuple(chip, program).map(([{ clock, bus, tile: t }, p]) => {
  const names = p.pictures.map((_, index) => `picture${index}.csv`);
  const source = `import device yszEcram from "std/devices"
chip Board {
  clock ${clock}
  bus ${bus}
  tile ${t.rows} x ${t.columns} {
    bias ${t.bias}
    rails -6 V .. 6 V by ${t.railBits} bit
    timer ${t.timerBits} bit
    ${t.constSettle}settle ${t.settle}
    ${t.constAdc}adc 0 A .. 0.5 uA by ${t.adcBits} bit in ${t.adcTime} settle 10 us shared by ${Math.min(t.shared, t.columns)}
    lines 100 pF source "test" confidence estimate
  }
}
program Shape {
  device yszEcram window ${p.window}
  from ${names.map((name) => `"${name}"`).join(', ')}
  write ${p.order}
  ${p.read}
  disturb at most 100 %
}
experiment Once {
  run Shape on Board
  seeds ${p.seeds} from ${p.firstSeed}
  ${p.without}
  ${p.calibrate}
}
`;
  const files = p.pictures.map((seed, index) => [names[index] ?? '', picture(t.rows, t.columns, seed)] as const);
  return { source, files: Object.fromEntries(files) };
});
