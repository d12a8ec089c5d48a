/** Tables of measured pulses: every way to write one, and what is refused. */
import { describe, expect, it } from 'vitest';
import { MAX_TABLE_ROWS, readPulseTable, type PulseTable } from '../../../src/data/pulse-table.js';
import type { Measurement } from '../../../src/devices/fit/measurement.js';

const read = (text: string): PulseTable => readPulseTable(new TextEncoder().encode(text));

function measurementOf(text: string): Measurement {
  const table = read(text);
  if (table.kind !== 'table') throw new Error(JSON.stringify(table.faults));
  return table.measurement;
}

/** Kind, line and column of every fault. */
function faultsOf(text: string): readonly string[] {
  const table = read(text);
  if (table.kind === 'table') throw new Error('nothing is wrong');
  return table.faults.map(
    ({ fault, place }) => `${fault.kind} ${place ? `${place.line}:${place.column}+${place.length}` : ''}`,
  );
}

describe('a table of trains', () => {
  it('has a direction for every pulse, in words of the field', () => {
    const text = '# probe 7\nPulse;Direction;Conductance [µS]\n1;LTP;1.5\n2;up;2\n3;-;1e0\n';
    expect(measurementOf(text)).toEqual({
      kind: 'train',
      series: [
        {
          device: '',
          cycle: '',
          start: 1.5e-6,
          pulses: [
            { direction: 1, count: 1, siemens: 2e-6 },
            { direction: -1, count: 1, siemens: 1e-6 },
          ],
        },
      ],
      low: 1e-6,
      high: 2e-6,
      reference: {},
    });
  });

  it('takes the direction from the sign of the voltage, and the pulse from the columns', () => {
    const text = 'voltage (V)\twidth (us)\tG (nS)\n3\t300\t1\n3\t300\t2\n-2.8\t300\t1\n';
    const { kind, reference, maxVolts, series } = measurementOf(text);
    expect([kind, reference, maxVolts]).toEqual(['train', { volts: 3, seconds: 300e-6 }, 3]);
    expect(series[0]?.pulses[1]).toEqual({ direction: -1, count: 1, volts: 2.8, seconds: 300e-6, siemens: 1e-9 });
  });

  it('may have both directions side by side', () => {
    const { series } = measurementOf('pulse,up (nS),down (nS)\n0,1,3\n1,2,2.5\n2,3,2\n');
    expect(series[0]?.start).toBe(1e-9);
    expect(series[0]?.pulses.map(({ direction, siemens }) => [direction, siemens * 1e9])).toEqual([
      [1, 2],
      [1, 3],
      [-1, 2.5],
      [-1, 2],
    ]);
  });

  it('keeps devices and cycles apart, in whatever order their rows come', () => {
    const text =
      'device,cycle,pulse,direction,conductance (S)\na,1,1,up,1\nb,1,1,up,2\na,1,2,up,3\na,2,1,up,4\nb,1,2,up,5\na,2,2,up,6\n';
    const { series } = measurementOf(text);
    expect(series.map(({ device, cycle, start, pulses }) => [device, cycle, start, pulses[0]?.siemens])).toEqual([
      ['a', '1', 1, 3],
      ['b', '1', 2, 5],
      ['a', '2', 4, 6],
    ]);
  });

  it('counts pulses that were not read, and begins anew where the direction changes', () => {
    const text = 'pulse,direction,conductance (S)\n1,up,1\n6,up,2\n1,down,1.9\n3,down,1.5\n4,up,1.6\n';
    expect(measurementOf(text).series[0]?.pulses.map(({ count }) => count)).toEqual([5, 1, 2, 1]);
  });
});

describe('a table of pulses that differ', () => {
  it('refers to the largest amplitude and its most frequent width', () => {
    const text =
      'voltage (V),width (ms),conductance (nS)\n0,1,100\n1,1,101\n3,2,103\n3,5,104\n3,2,105\n-4,1,100\n-1,1,99\n';
    expect(measurementOf(text)).toMatchObject({ kind: 'field', reference: { volts: 3, seconds: 2e-3 }, maxVolts: 4 });
  });

  it('needs amplitude and width', () => {
    expect(faultsOf('voltage (V),conductance (nS)\n1,1\n1,2\n2,3\n')).toEqual(['missing-column 1:1+28']);
    expect(faultsOf('direction,width (s),conductance (nS)\nup,1,1\nup,1,2\nup,2,3\n')).toEqual([
      'missing-column 1:1+36',
    ]);
  });

  it('has no pulses of 0 V behind the first reading', () => {
    expect(faultsOf('voltage (V),width (s),conductance (S)\n0,1,1\n1,1,2\n0,1,2\n')).toEqual(['value 4:1+1']);
  });
});

describe('a table that is refused', () => {
  const HEADER = 'pulse,direction,conductance (uS)\n';

  it.each([
    ['nothing', '', ['malformed ']],
    ['a header alone', HEADER, ['malformed ']],
    ['a stray quote', `${HEADER}1,u"p,1\n`, ['malformed ']],
    ['no unit', 'pulse,direction,conductance\n1,up,1\n', ['missing-unit 1:17+11']],
    ['a unit of something else', 'pulse,direction,conductance (uV)\n1,up,1\n', ['wrong-unit 1:17+16']],
    ['an unknown unit', 'pulse,direction,conductance (mho)\n1,up,1\n', ['wrong-unit 1:17+17']],
    ['a unit for what has none', 'pulse (V),direction,conductance (uS)\n1,up,1\n', ['wrong-unit 1:1+9']],
    ['no conductance', 'pulse,direction\n1,up\n', ['missing-column 1:1+15']],
    ['no direction', 'pulse,conductance (uS)\n1,1\n', ['missing-column 1:1+22']],
    ['one side only', 'pulse,up (uS)\n1,1\n', ['missing-column 1:1+13']],
    ['a column twice', 'pulse,n,direction,conductance (uS)\n1,1,up,1\n', ['repeated 1:7+1']],
    ['a gap', `${HEADER}1,up,1\n2,up,\n`, ['value 3:6+1']],
    ['an infinity', `${HEADER}1,up,1e999\n`, ['value 2:6+5']],
    ['a decimal comma', 'pulse;direction;conductance (uS)\n1;up;1,5\n', ['value 2:6+3']],
    ['an absurd conductance', `${HEADER}1,up,1e206\n2,up,1e-13\n`, ['value 2:6+5', 'value 3:6+5']],
    [
      'absurd pulses',
      'voltage (V),width (s),conductance (S)\n0,1,1\n1e300,1,1\n-1,1e-99,1\n',
      ['value 3:1+5', 'value 4:4+5'],
    ],
    ['a conductance of zero', `${HEADER}1,up, 0\n`, ['value 2:7+1']],
    ['half a pulse', `${HEADER}1.5,up,1\n`, ['value 2:1+3']],
    ['too few fields', `${HEADER}1,up\n`, ['value 2:1+4']],
    ['a pulse twice', `${HEADER}1,up,1\r\n1,up,2\r\n`, ['order 3:1+1']],
    [
      'a pulse twice, line ends of another system',
      'pulse,direction,conductance (S)\r\n1,up,1\r\n1,up,2\r\n',
      ['order 3:1+1'],
    ],
    ['a leap over a change of direction', `${HEADER}1,up,1\n5,down,2\n`, ['order 3:1+1']],
    ['an endless gap', `${HEADER}1,up,1\n5000,up,2\n`, ['order 3:1+4']],
    ['quotes around the fault', `${HEADER}1,"up","x,y"\n`, ['value 2:9+3']],
  ])('for %s', (_, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it.each([
    ['a decimal comma', 'pulse;direction;conductance (uS)\n1;up;1,0019\n', 'write decimals with a point, not a comma'],
    ['a decimal comma in quotes', `${HEADER}1,up,"1,0019"\n`, 'write decimals with a point, not a comma'],
    ['a decimal comma that separates', `${HEADER}1,up,1,0019\n`, 'decimals are written with a point'],
  ])('with a hint at %s', (_, text, hint) => {
    expect(read(text)).toMatchObject({ faults: [{ fault: { hint: expect.stringContaining(hint) as string } }] });
  });

  it('with a hint at another encoding', () => {
    const latin1 = Buffer.from('pulse,direction,conductance (\u00b5S)\n1,up,1\n', 'latin1');
    expect(readPulseTable(latin1)).toMatchObject({
      faults: [{ fault: { kind: 'malformed', hint: 'save it as UTF-8, or write `u` in place of the micro sign' } }],
    });
  });

  it('for its bytes or its length', () => {
    expect(readPulseTable(Uint8Array.of(0xff, 0xfe, 0x00))).toMatchObject({ kind: 'faults' });
    expect(faultsOf(HEADER + '1,up,1\n'.repeat(MAX_TABLE_ROWS + 1))).toEqual(['malformed ']);
  });

  it('takes a misspelt column for one mistake', () => {
    const table = read('pulse,dircetion,conductance (uS)\n1,up,1\n');
    expect(table).toMatchObject({
      kind: 'faults',
      faults: [{ fault: { kind: 'missing-column', misspelt: 'dircetion' } }],
    });
    expect(table.kind === 'faults' && table.faults).toHaveLength(1);
  });

  it('says which columns it does not read, and reads the others', () => {
    const table = read('pulse,direction,conductance (uS),time\n1,up,1,8:15\n2,up,2,8:16\n');
    expect(table).toMatchObject({ kind: 'table', remarks: [{ fault: { kind: 'ignored', found: 'time' } }] });
  });
});

describe('a first line of nothing but blanks and brackets', () => {
  it.each(['a(' + ' '.repeat(50_000) + 'x', 'a' + ' '.repeat(50_000) + '(', '['.repeat(50_000)])(
    'is refused without delay',
    (heading) => {
      const start = performance.now();
      expect(faultsOf(`${heading},conductance (uS)\n1,2\n`)).toHaveLength(2);
      expect(performance.now() - start).toBeLessThan(2000);
    },
  );
});
