/** Every pass on its own, from the text of one phase to the text of the next. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadNetwork, tileFactory } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { invariant } from '../../../src/core/invariant.js';
import { interpretLegal } from '../../../src/ir/interpret-legal.js';
import { interpretProgram } from '../../../src/ir/interpret.js';
import type { MappedModule } from '../../../src/ir/mapped.js';
import type { NetworkModule } from '../../../src/ir/network.js';
import { parseModule } from '../../../src/ir/parse.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { map } from '../../../src/ir/passes/map.js';
import { schedule } from '../../../src/ir/passes/schedule.js';
import { printModule } from '../../../src/ir/print.js';
import type { Module, PhaseName } from '../../../src/ir/schema.js';
import { verifyLegal } from '../../../src/ir/verify-legal.js';
import { claimsOf, verifyMapped, verifyNetwork } from '../../../src/ir/verify.js';
import { verifyProgram, verifyScheduled } from '../../../src/ir/verify-scheduled.js';
import { expectGolden, REPOSITORY } from '../../support/golden.js';
import { loop, pulseProgram, segment } from '../../support/pulse-program.js';

const FOLDER = 'test/golden/passes';

/** Phase -> the golden that holds a module of it: each is what the pass before it should make. */
const GOLDENS: Readonly<Record<PhaseName, string>> = {
  network: `${FOLDER}/map/two-by-two.ir`,
  mapped: `${FOLDER}/map/two-by-two.expected.ir`,
  scheduled: `${FOLDER}/schedule/two-by-two.expected.ir`,
  legal: `${FOLDER}/encode/two-by-two.expected.ir`,
};

/** The golden of `phase`, read from its text. */
function golden<Phase extends PhaseName>(phase: Phase): Extract<Module, { readonly phase: Phase }> {
  const module = parseModule(readFileSync(join(REPOSITORY, GOLDENS[phase]), 'utf8'));
  invariant('phase' in module && module.phase === phase, JSON.stringify(module));
  return module as Extract<Module, { readonly phase: Phase }>; // the phase has just been compared
}

/** The golden of phase `mapped`, which is one of a picture. */
function goldenPicture(): MappedModule {
  const module = golden('mapped');
  invariant('images' in module, 'the golden writes pictures');
  return module;
}

/** The source with places that do not depend on where the checkout is. */
function network(): NetworkModule {
  const diagnostics = new DiagnosticBag();
  const module = loadNetwork(join(REPOSITORY, FOLDER, 'two-by-two.ion'), createDiskHost(), new Map(), diagnostics);
  invariant(module, JSON.stringify(diagnostics.all));
  return JSON.parse(JSON.stringify(module).replaceAll(join(REPOSITORY, FOLDER, '/'), '')) as NetworkModule;
}

describe('passes', () => {
  it('front end: source to network', () => {
    expectGolden(GOLDENS.network, printModule(network()));
  });

  it('map: network to mapped', () => {
    const from = golden('network');
    verifyNetwork(from);
    const [experiment] = from.experiments;
    const mapped = experiment && map(from, experiment, new DiagnosticBag());
    invariant(mapped, 'the experiment maps');
    expectGolden(GOLDENS.mapped, printModule(mapped));
  });

  it('schedule: mapped to scheduled', () => {
    const from = goldenPicture();
    verifyMapped(from);
    const scheduled = schedule(from, new Map(), tileFactory(from), new DiagnosticBag());
    invariant(scheduled, 'the experiment is scheduled');
    expectGolden(GOLDENS.scheduled, printModule(scheduled));
  });

  it('encode: scheduled to legal', () => {
    const from = golden('scheduled');
    verifyScheduled(from);
    expectGolden(GOLDENS.legal, printModule(encode(from)));
  });

  it('text of every phase is canonical: it prints back to itself', () => {
    for (const phase of ['network', 'mapped', 'scheduled', 'legal'] as const) {
      expect(printModule(golden(phase))).toBe(readFileSync(join(REPOSITORY, GOLDENS[phase]), 'utf8'));
    }
  });

  it('the last two phases mean the same', () => {
    const { program } = golden('scheduled');
    const legal = golden('legal');
    verifyLegal(legal);
    program.dataSets.forEach((dataSet, index) => {
      const encoded = legal.dataSets[index];
      invariant(encoded, 'every data set is encoded');
      expect([...interpretLegal(legal, encoded)]).toEqual([...interpretProgram(program, dataSet)]);
    });
  });
});

describe('verify', () => {
  it('names the pass that broke its promise', () => {
    const mapped = goldenPicture();
    const broken = { ...mapped, converters: { ...mapped.converters, count: 0 } };
    expect(() => {
      verifyMapped(broken);
    }).toThrow('after pass `map`: every column has a converter');
    const scheduled = golden('scheduled');
    const { program } = scheduled;
    expect(() => {
      verifyScheduled({ ...scheduled, program: { ...program, dataSets: [] } });
    }).toThrow('after pass `schedule`: every image has a data set');
    const legal = golden('legal');
    expect(() => {
      verifyLegal({ ...legal, name: 'Not-a-name' });
    }).toThrow('after pass `encode`');
    expect(() => {
      verifyLegal({ ...legal, windows: { ...legal.windows, work: { ...legal.windows.work, base: 0 } } });
    }).toThrow('registers and memories do not overlap');
  });

  it('refuses work-list entries that a counted loop numbers', () => {
    const taking = (counter: number) => segment({ row: { kind: 'entry' }, entryOf: counter });
    const program = (counter: number) =>
      pulseProgram({ rows: 2, columns: 2, operations: [loop(0, 'entries', loop(1, 2, taking(counter)))] });
    const claim = claimsOf('schedule');
    expect(() => {
      verifyProgram(program(0), claim);
    }).not.toThrow();
    expect(() => {
      verifyProgram(program(1), claim);
    }).toThrow('a loop that numbers them');
  });
});
