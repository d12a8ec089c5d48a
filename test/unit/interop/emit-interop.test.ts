/** The files of the back end: what is in them, what ngspice makes of them, and what is refused. */
import { describe, expect, it, test } from 'vitest';
import { emitInterop } from '../../../src/backends/interop/emit-interop.js';
import { mapExperiment, scheduleFirstSeed } from '../../../src/compiler.js';
import type { Artifact } from '../../../src/core/artifact.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import type { ScheduledModule } from '../../../src/ir/scheduled.js';
import { compileText } from '../../support/compile-text.js';
import { equation } from '../../support/equation.js';
import { expectGolden } from '../../support/golden.js';
import { hasNgspice, runNgspice } from '../../support/ngspice.js';
import { mappedFixture } from '../../support/mapped-fixture.js';
import { pulseProgram } from '../../support/pulse-program.js';
import { valueAt } from '../../support/pulse-response.js';
import { testDevice } from '../../support/test-device.js';

const PROGRAM = `
import device yszEcram from "std/devices"

chip Board {
  clock 10 MHz
  bus apb
  tile 2 x 2 {
    bias half
    rails -6 V .. 6 V by 12 bit
    timer 14 bit
    settle 100 us
    adc 0 A .. 0.5 uA by 12 bit in 2 us settle 10 us shared by 2
    lines 100 pFWIRES source "test" confidence estimate
  }
}

program Imprint {
  device yszEcram window low
  from "picture.csv"
  write serial
  read after each
  disturb at most 20 %
}

experiment Trial {
  run Imprint on Board
  seeds 1 from 1
}
`;

function schedule(wires: string): readonly ScheduledModule[] {
  const { network, diagnostics } = compileText(PROGRAM.replace('WIRES', wires), {
    'picture.csv': '0.2,0.6\n0.9,0.4\n',
  });
  expect(diagnostics).toEqual([]);
  const bag = new DiagnosticBag();
  const mapped = mapExperiment(network!, network!.experiments[0]!, bag);
  const scheduled = mapped && scheduleFirstSeed(mapped, bag);
  expect(bag.all).toEqual([]);
  return [scheduled!];
}

function emit(devices: readonly DeviceModel[], scheduled: readonly ScheduledModule[] = []) {
  const diagnostics = new DiagnosticBag();
  const artifacts = emitInterop({ source: 'input.ion', devices, scheduled }, diagnostics);
  return { artifacts, codes: diagnostics.all.map(({ code }) => code), diagnostics: diagnostics.all };
}

const textOf = (artifacts: readonly Artifact[], path: string): string =>
  artifacts.find((artifact) => artifact.path === path)?.text ?? '';

/** The largest voltage of a line's source. */
function pulseVolts(deck: string, line: string): number {
  const [, corners = ''] = new RegExp(`^V${line} .*PWL\\((.*)\\)`, 'm').exec(deck.replaceAll('\n+', '')) ?? [];
  const volts = corners.split('  ').map((corner) => Number(corner.trim().split(' ')[1]));
  return volts.reduce((largest, each) => (Math.abs(each) > Math.abs(largest) ? each : largest));
}

describe('a tile', () => {
  const scheduled = schedule('');
  const { device } = scheduled[0]!.mapped;
  const { artifacts, codes } = emit([device], scheduled);

  it('comes with its device and notes', () => {
    expect(codes).toEqual([]);
    expect(artifacts.map(({ path }) => path)).toEqual(['spice/ysz_ecram.sub', 'spice/board.cir', 'spice/README.md']);
    expectGolden('test/golden/interop/board.cir', textOf(artifacts, 'spice/board.cir'));
    expectGolden('test/golden/interop/README.md', textOf(artifacts, 'spice/README.md'));
  });

  it('is the same in every build', () => {
    expect(emit([device], schedule('')).artifacts).toEqual(artifacts);
  });

  test.skipIf(!hasNgspice)('moves in ngspice as in the kernel, half-selected cells too', async () => {
    const deck = textOf(artifacts, 'spice/board.cir');
    const vectors = await runNgspice(deck, { 'ysz_ecram.sub': textOf(artifacts, 'spice/ysz_ecram.sub') });
    const [, row = '', column = '', seconds = ''] = /row (\d), column (\d), (\S+) s/.exec(deck) ?? [];
    const [rowVolts, columnVolts] = [`r${row}`, `c${column}`].map((line) => pulseVolts(deck, line));
    const window = { low: 0.4e-6, high: 1e-6 };
    const without = device.spreads.map(({ name }) => name);
    const kernel = compileKernel(device, { rows: 2, columns: 2, window, seed: 1, without });
    const drive = { both: rowVolts! - columnVolts!, rowOnly: rowVolts!, columnOnly: -columnVolts!, neither: 0 };
    kernel.pulse({ rows: [Number(row)], columns: [Number(column)], ...drive }, Number(seconds));
    const end = vectors.get('time')!.at(-1)!;
    kernel.conductance.forEach((siemens, cell) => {
      const node = `v(x${String(Math.floor(cell / 2))}_${String(cell % 2)}.x_g)`;
      const found = 0.4e-6 + 1.9e-6 * valueAt(end, vectors.get('time')!, vectors.get(node)!);
      const change = siemens - window.low;
      expect(Math.abs(found - siemens), node).toBeLessThanOrEqual(1e-3 * Math.abs(change));
    });
  });

  test.skipIf(!hasNgspice)('loses voltage along its wires', async () => {
    const wired = schedule(' with 20 kOhm');
    const built = emit([device], wired).artifacts;
    const files = { 'ysz_ecram.sub': textOf(built, 'spice/ysz_ecram.sub') };
    const vectors = await runNgspice(textOf(built, 'spice/board.cir'), files);
    const ideal = await runNgspice(textOf(artifacts, 'spice/board.cir'), files);
    const middle = (all: typeof vectors, name: string): number =>
      valueAt(
        Number(/i_c0 FIND i\(vc0\) AT=(\S+)/.exec(textOf(built, 'spice/board.cir'))![1]),
        all.get('time')!,
        all.get(name)!,
      );
    expect(textOf(built, 'spice/board.cir')).toContain('Rr0_0 r0_0 r0_1 2e+4');
    // 1 / 0.4 uS behind about 40 kOhm loses some per cent
    expect(middle(vectors, 'i(vc0)') / middle(ideal, 'i(vc0)')).toBeGreaterThan(0.9);
    expect(middle(vectors, 'i(vc0)') / middle(ideal, 'i(vc0)')).toBeLessThan(0.99);
  });
});

describe('names and texts of users', () => {
  const base = testDevice({
    parameters: { time: 0.5, TIME: 0.25, pi: 2, v1: 1, end: 3, sgn: 4, temp: 5, Gmin: 6, '\u00fcnit': 7 },
    derived: { hertz: 'time * TIME + pi * v1' },
    rate: 'v * (hertz + end + sgn + temp + Gmin) / 10',
    initial: '0.5',
  });
  const nasty = 'x\n.control\nquit\n.endc\n+ y $ z ; \u00b5 "\\';
  const provenance = { source: nasty, confidence: 'estimate' } as const;
  const { origin } = base;
  const device: DeviceModel = {
    ...base,
    name: 'subckt',
    summary: nasty,
    origin: { ...base.origin, file: `../${nasty}/a b.ion` },
    parameters: base.parameters.map((parameter) => ({ ...parameter, unit: { symbol: nasty, scale: 1 }, provenance })),
    states: [...base.states, { ...base.states[0]!, name: 'Phase' }, { ...base.states[0]!, name: 'p_end' }],
    pulseSteps: [{ body: [{ kind: 'assign', target: 'Phase', value: equation('Phase / 2'), origin }], origin }],
    pulse: { ...base.pulse, provenance },
    windows: base.windows.map((window) => ({ ...window, name: nasty, provenance })),
  };
  const twin: DeviceModel = { ...device, name: 'SubCkt' };

  it('never begin a line, and never meet', () => {
    const { artifacts } = emit([device, twin, { ...device, name: 'con' }]);
    expect(artifacts.map(({ path }) => path)).toEqual([
      'spice/subckt.sub',
      'spice/sub_ckt.sub',
      'spice/cell_con.sub',
      'spice/README.md',
    ]);
    const netlists = artifacts.filter(({ path }) => path.endsWith('.sub'));
    for (const { text } of netlists) {
      const lines = text.split('\n').filter((line) => line !== '');
      expect(
        lines.filter((line) => !/^(\* |\*$|\+ |\.(options|subckt|param|func|ic|ends) |[BC][a-z])/.test(line)),
      ).toEqual([]);
      expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    }
  });

  test.skipIf(!hasNgspice)('do not reach ngspice', async () => {
    const { artifacts } = emit([device]);
    const deck =
      '* names\n.include subckt.sub\nVr r 0 PWL(0 0 1e-7 0.5 0.01 0.5 0.0101 0 1 0)\nX1 r 0 subckt\n.tran 1e-5 0.02 0 1e-5 uic\n.end\n';
    const vectors = await runNgspice(deck, { 'subckt.sub': textOf(artifacts, 'spice/subckt.sub') });
    const volts = vectors.get('v(x1.x_g)')!.at(-1)!;
    const span = Number(/span_g=(\S+)/.exec(textOf(artifacts, 'spice/subckt.sub'))![1]);
    const change = 0.01005 * 0.5 * ((0.125 + 2 + 3 + 4 + 5 + 6) / 10);
    expect(span * volts).toBeCloseTo(change, 5);
    const spanOfPhase = Number(/span_phase=(\S+)/.exec(textOf(artifacts, 'spice/subckt.sub'))![1]);
    expect(0.5 + spanOfPhase * vectors.get('v(x1.x_phase)')!.at(-1)!).toBeCloseTo((0.5 + change) / 2, 5);
  });
});

describe('what is refused', () => {
  const plain = testDevice({});
  const { origin } = plain;

  describe('a handler that becomes too long an equation', () => {
    const square = { kind: 'assign', target: 'g', value: equation('g * g + g'), origin } as const;
    const device: DeviceModel = { ...plain, pulseSteps: [{ body: Array.from({ length: 100 }, () => square), origin }] };

    it('leaves its device out', () => {
      const { artifacts, diagnostics } = emit([{ ...device, name: 'long' }, plain]);
      expect(artifacts.map(({ path }) => path)).toEqual(['spice/test_device.sub', 'spice/README.md']);
      expect(diagnostics).toMatchObject([{ code: 'interop/equation-too-long', span: origin, severity: 'warning' }]);
      expect(diagnostics[0]?.message).toContain('`long` has no netlist: `on pulse` has');
    });

    it('is an error where it leaves nothing', () => {
      const { artifacts, diagnostics } = emit([device]);
      expect(artifacts).toEqual([]);
      expect(diagnostics).toMatchObject([
        { code: 'interop/equation-too-long', severity: 'warning' },
        { code: 'interop/nothing-left', severity: 'error' },
      ]);
    });

    it('leaves the tile of its device out', () => {
      const { artifacts } = emit(
        [{ ...device, name: 'long' }, plain],
        schedule('').map((module) => ({
          ...module,
          mapped: { ...module.mapped, device: { ...device, name: 'long' } },
        })),
      );
      expect(artifacts.map(({ path }) => path)).toEqual(['spice/test_device.sub', 'spice/README.md']);
      expect(textOf(artifacts, 'spice/README.md')).toContain(
        'no netlist of the tile of Board: its device long has none',
      );
    });
  });

  it('is a tile that ngspice would not end with; its device stays', () => {
    const zeros = Array.from({ length: 33 }, () => new Array<number>(32).fill(0));
    const mapped = mappedFixture({ images: [zeros] });
    const scheduled: ScheduledModule = { phase: 'scheduled', mapped, program: pulseProgram({ rows: 33, columns: 32 }) };
    const { artifacts, diagnostics } = emit([mapped.device], [scheduled]);
    expect(diagnostics).toMatchObject([{ code: 'interop/tile-too-large', span: mapped.tileOrigin }]);
    expect(artifacts.map(({ path }) => path)).toEqual(['spice/cubic.sub', 'spice/README.md']);
    expect(textOf(artifacts, 'spice/README.md')).toContain('no netlist of the tile of Bench: its 33 x 32 cells');
  });

  it('is a file without devices', () => {
    expect(emit([])).toMatchObject({ artifacts: [], codes: ['interop/no-device'] });
  });
});
