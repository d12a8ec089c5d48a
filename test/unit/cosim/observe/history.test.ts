/** Why a cell is what it is: every pulse that moved it, on both engines. */
import { beforeAll, describe, expect, it } from 'vitest';
import { renderHistory } from '../../../../src/cli/cell-history-text.js';
import { invariant } from '../../../../src/core/invariant.js';
import type { CosimResult } from '../../../../src/cosim/cosimulate.js';
import { ENGINE_NAMES } from '../../../../src/cosim/engine.js';
import type { CellHistory } from '../../../../src/cosim/observe/cell-history.js';
import { observeExample, OBSERVED_SOURCE } from '../../../support/observed-run.js';
import { hasTool } from '../../../support/external-tool.js';

const PLAN = { why: [{ rows: { first: 3, last: 3 }, columns: { first: 7, last: 8 } }] };

let result: CosimResult;
let history: CellHistory;

beforeAll(async () => {
  result = await observeExample({ observe: PLAN });
  const [first] = result.observations?.why ?? [];
  invariant(first, 'a history was asked for');
  history = first;
});

describe('the history of a cell', () => {
  it('adds up from its first value to the one that the run ends with', () => {
    expect(result.observations?.why?.map(({ row, column }) => [row, column])).toEqual([[3, 7], [3, 8]]); // prettier-ignore
    expect(history.isCut).toBe(false);
    let siemens = history.initialSiemens;
    for (const { changeSiemens, siemens: after } of history.changes) {
      expect(changeSiemens).toBe(after - siemens);
      siemens = after;
    }
    expect(siemens).toBe(result.states.at(-1)?.[37]);
  });

  it('agrees with the conductances at the end of every data set', () => {
    const names = [...new Set(history.changes.map(({ dataSet }) => dataSet))];
    expect(names).toHaveLength(5);
    names.forEach((name, index) => {
      const last = history.changes.findLast(({ dataSet }) => dataSet === name);
      expect(last?.siemens).toBe(result.states[index]?.[37]);
    });
  });

  it('tells pulses of the cell from those of its row and its column', () => {
    for (const { selected, lines, volts, cause } of history.changes) {
      expect(cause).toBe('pulse');
      expect([lines?.rows.includes(3), lines?.columns.includes(7)]).toEqual([
        selected === 'both' || selected === 'row',
        selected === 'both' || selected === 'column',
      ]);
      expect(Math.abs(volts)).toBeCloseTo(selected === 'both' ? 5 : 2.5, 2);
    }
    expect(new Set(history.changes.map(({ selected }) => selected))).toEqual(new Set(['both', 'row', 'column']));
  });

  it('names the statement and the word of every pulse', () => {
    for (const { word } of history.changes) {
      expect(word?.origin).toMatchObject({ file: OBSERVED_SOURCE, start: { line: 26 } });
      expect(word?.text).toMatch(/^fire rows=entry columns=entry/);
    }
  });

  it('is told pulse by pulse, those of other cells together', () => {
    const text = renderHistory('tile0', history);
    expect(text).toContain('tile0[3,7] begins at 2 µS and sees 51 pulses');
    expect(text).toMatch(
      /patterns\/ring\.csv +97\.\d+ s +pulse +5\.00 V, 10\.1 s +\+1\.\d+ µS|ring\.csv +96\.9949 s +pulse +5\.00 V/,
    );
    expect(text).toContain('pulses of one line');
    expect(text.split('\n').at(-1)).toMatch(/^ {2}w\d+ `fire .*`, line \d+ of the listing$/);
  });
});

const TOOLS = { verilator: 'verilator', icarus: 'iverilog' } as const;

describe('observations', () => {
  const plan = { ...PLAN, wave: {}, diagram: {} };

  // cocotb is driven by the same session as icarus, and takes a minute to build
  it.each(ENGINE_NAMES.filter((name) => name !== 'wasm' && name !== 'cocotb' && hasTool(TOOLS[name])))(
    'are the same beside the model of engine %s',
    async (engine) => {
      const [one, other] = [await observeExample({ observe: plan }), await observeExample({ observe: plan, engine })];
      expect(other.digest).toBe(one.digest);
      expect(other.observations).toEqual(one.observations);
    },
    120_000,
  );
});
