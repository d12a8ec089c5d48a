/** Converters and what follows them as the top wires them: read without warning, and in time for the next word. */
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { prepareWasmModule } from '../../../src/cosim/engines/wasm/prepare-module.js';
import { openWasmModel } from '../../../src/cosim/engines/wasm/session.js';
import { PortBlock } from '../../../src/cosim/port-block.js';
import { targetWord } from '../../../src/ir/blocks/verify.js';
import { Accumulator } from '../../../src/ir/accumulator.js';
import { cellWord } from '../../../src/ir/cell-address.js';
import type { LegalModule } from '../../../src/ir/legal.js';
import { Marks, type Mark } from '../../../src/ir/marks.js';
import { SAMPLE_CODE } from '../../../src/ir/microcode.js';
import { encode } from '../../../src/ir/passes/encode.js';
import type { SampleMode } from '../../../src/ir/scheduled.js';
import { scanClocks } from '../../../src/ir/scan-clocks.js';
import { TransferSums } from '../../../src/ir/transfer-marks.js';
import { comparisonAnswer, verifyMark } from '../../../src/ir/verify-marks.js';
import { chainModel, type ChainShape } from '../../support/converter-chain.js';
import { hasTool, runTool } from '../../support/external-tool.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';
import { uniform } from '../../support/random-crossbar.js';

const LATENCY = 2;
const TOLERANCE = 2;
const RULE = { sumBits: 10, zero: 8, threshold: 20 };

function shapeOf(): ChainShape {
  const legal: LegalModule = encode(scheduledModule(randomProgram(4, 6, 2)));
  const scan = { ...legal.scan, converters: 2, shares: 3, bits: 5, settleClocks: 1, conversionClocks: LATENCY };
  const sizes = { ...legal.sizes, rows: 4, columns: 6, rowBits: 2, muxBits: 2, magnitudeBits: 9, tiles: 1 };
  return {
    sizes,
    scan,
    blocks: {
      scan: { oversamples: true, comparison: 'off' },
      accumulate: { resultBits: 12, offset: 0 },
      verify: { tolerance: TOLERANCE },
      transfer: RULE,
      rounding: { fractionBits: 4, grainBits: 0, isWhole: false, valueBits: 10 },
    },
    entryBits: { index: sizes.entryBits, word: sizes.entryColumnBits + sizes.entryRowBits + sizes.magnitudeBits + 2 },
  };
}

const SHAPE = shapeOf();
const { scan, sizes } = SHAPE;
const LINES = { rows: sizes.rows, scan };
const random = uniform(23);
const below = (count: number): number => Math.floor(random() * count);

async function openChain() {
  const source = chainModel(SHAPE);
  const diagnostics = new DiagnosticBag();
  const module = await prepareWasmModule(source, diagnostics);
  if (!module) throw new Error(diagnostics.all.map(({ message }) => message).join('\n'));
  const session = openWasmModel(module, source);
  const ports = new PortBlock(session);
  const step = (nets: Readonly<Record<string, number>> = {}): void => {
    for (const [name, value] of Object.entries(nets)) ports.set(`${name}_net_i`, value);
    session.step();
  };
  for (const { name, direction } of source.ports) if (direction === 'input') ports.set(name, 0);
  step();
  ports.set('rst_ni', 1);
  step({ adc_settle: scan.settleClocks, adc_limit: 9, cmp_tol: TOLERANCE, transfer_zero: RULE.zero });
  step({ transfer_threshold: RULE.threshold });
  return { ports, step, net: (name: string): number => ports.get(`${name}_net_o`) };
}

type Chain = Awaited<ReturnType<typeof openChain>>;

interface Sampling {
  readonly mode: SampleMode;
  readonly row: number;
  /** Codes of all columns. */
  readonly codes: readonly number[];
}

/** Runs one scan; the caller looks in the clock after its last one, in which the next may begin. Returns its length [clocks]. */
function sample({ ports, step, net }: Chain, { mode, row, codes }: Sampling): number {
  step({ scan_start: 1, scan_mode: SAMPLE_CODE[mode], scan_row: row });
  let due = -1;
  for (let clock = 0; clock < 100; clock++) {
    if (ports.get('adc_conv_o') === 1) due = clock + LATENCY;
    const columns = [0, 1].map((converter) => converter * scan.shares + ports.get('adc_mux_o'));
    const wanted = columns.map((column) => codes[column] ?? 0);
    if (ports.get('adc_compare_o') === 1) {
      const thresholds = ports.get('adc_threshold_o');
      const answers = wanted.map((code, at) =>
        comparisonAnswer(code, Math.floor(thresholds / 32 ** at) % 32, ports.get('adc_tolerance_o')),
      );
      ports.setFields('adc_answer_i', answers, 2);
    } else ports.setFields('adc_data_i', wanted, scan.bits);
    ports.set('adc_valid_i', Number(clock === due));
    const isLast = net('scan_done') === 1;
    step({ scan_start: 0 });
    if (isLast) return clock + 1;
  }
  throw new Error('the scan does not end');
}

const someCodes = (): readonly number[] => Array.from({ length: sizes.columns }, () => below(32));

describe('the chain behind the converters', () => {
  it.skipIf(!hasTool('verilator'))('is read without warning', () => {
    const source = chainModel(SHAPE);
    const files = source.files.map(({ name, text }) => ({ path: name, text }));
    const flags = ['--lint-only', '-Wall', '-Wno-UNUSEDSIGNAL', '-Wno-UNUSEDPARAM', '--top-module', 'chain'];
    const { output } = runTool('verilator', [...flags, ...files.map(({ path }) => path)], files);
    expect(output).toBe('');
  });

  it.each([false, true])('marks cells of a row in the clock after the scan; by comparison %s', async (compares) => {
    const chain = await openChain();
    const targets = new Map<number, number | undefined>();
    for (let row = 0; row < sizes.rows; row++)
      for (let column = 0; column < sizes.columns; column++) {
        const target = random() < 0.2 ? undefined : below(32);
        targets.set(row * sizes.columns + column, target);
        const address = 4 * cellWord(LINES, row, column);
        chain.step({ target_req: 1, bus_we: 1, bus_addr: 0x2_0000 + address, bus_wdata: targetWord(scan, target) });
      }
    chain.step({ target_req: 0, bus_we: 0, adc_compare: Number(compares) });
    for (let turn = 0; turn < 40; turn++) {
      const row = below(sizes.rows);
      const ofRow = Array.from({ length: sizes.columns }, (_, column) => targets.get(row * sizes.columns + column));
      const isReached = turn % 4 === 0;
      const codes = ofRow.map((target) => (isReached ? (target ?? below(32)) : below(32)));
      const clocks = sample(chain, { mode: 'verify', row, codes });
      expect(clocks).toBe(scanClocks(scan, compares ? 'comparison' : 'code'));
      const marks = codes.map((code, column) => verifyMark(code, ofRow[column], TOLERANCE));
      const marked = (way: Mark) => marks.flatMap((mark, column) => (mark === way ? [column] : []));
      expect(chain.ports.lines('marks_up_net_o')).toEqual(marked('up'));
      expect(chain.ports.lines('marks_down_net_o')).toEqual(marked('down'));
      expect(chain.net('marks_empty')).toBe(Number(marks.every((mark) => mark === 'none')));
      expect(chain.net('result_full')).toBe(0);
    }
  });

  it('keeps sums, transfers, results and marks apart', async () => {
    const chain = await openChain();
    const sums = new Accumulator({ converters: scan.converters, shares: scan.shares, resultBits: 12, offset: 0 });
    const transfer = new TransferSums(RULE);
    const marks = new Marks(scan.shares, sizes.columns);
    const stored: (readonly number[])[] = [];
    const stepCodes = (codes: readonly number[], step: number): readonly number[] =>
      [0, 1].map((converter) => codes[converter * scan.shares + step] ?? 0);
    for (let row = 0; row < sizes.rows; row++)
      for (let column = 0; column < sizes.columns; column++) {
        const bus_addr = 0xf_0000 + 4 * cellWord(LINES, row, column);
        chain.step({ transfer_req: 1, bus_we: 1, bus_addr, bus_wdata: 0 });
      }
    chain.step({ transfer_req: 0, bus_we: 0 });
    const modes = ['first', 'double', 'add', 'transfer', 'transfer', 'transfer', 'store'] as const;
    for (let turn = 0; turn < 80; turn++) {
      const drawn = modes[below(modes.length)] ?? 'add';
      const mode = drawn === 'store' && stored.length >= 16 - scan.shares ? 'add' : drawn;
      const [row, codes] = [below(sizes.rows), someCodes()];
      sample(chain, { mode, row, codes });
      if (mode === 'transfer') marks.start();
      for (let step = 0; step < scan.shares; step++) {
        const ofStep = stepCodes(codes, step);
        if (mode === 'store') stored.push(ofStep);
        else if (mode === 'transfer') {
          const cells = [0, 1].map((converter) => cellWord(LINES, row, converter * scan.shares + step));
          marks.take(
            step,
            ofStep.map((code, at) => transfer.take(cells[at] ?? 0, code, false)),
          );
        } else sums.take(step, { mode, negate: false }, ofStep);
      }
      expect(chain.ports.lines('marks_up_net_o')).toEqual(marks.columns('up'));
      expect(chain.ports.lines('marks_down_net_o')).toEqual(marks.columns('down'));
    }
    chain.step();
    for (let step = 0; step < scan.shares; step++)
      for (let converter = 0; converter < scan.converters; converter++) {
        chain.step({ accumulator_req: 1, bus_addr: 4 * (2 * step + converter) });
        expect(chain.net('accumulator_rdata') | 0).toBe(sums.sum(step, converter));
      }
    expect(stored.length).toBeGreaterThan(0);
    for (const [step, codes] of stored.entries()) {
      chain.step({ result_req: 1, bus_addr: 4 * (2 * step + 1) });
      expect([chain.net('result_rdata'), chain.net('result_error')]).toEqual([codes[1], 0]);
    }
    chain.step({ bus_addr: 8 * stored.length });
    expect(chain.net('result_error')).toBe(1);
  });
});
