/** Completion at every kind of place. */
import { describe, expect, it } from 'vitest';
import { complete } from '../../../src/lsp/features/completion.js';
import { LIBRARY_MODULES } from '../../../src/dsl/standard-library.js';
import { signatureHelp } from '../../../src/lsp/features/signature-help.js';
import { atCursor } from '../../support/editor.js';

function offered(text: string, others: Readonly<Record<string, string>> = {}): string[] {
  const { index, offset, workspace } = atCursor({ 'a.ion': text, ...others });
  return complete(index, offset, workspace).items.map(({ label }) => label);
}

describe('keywords', () => {
  it('are those that may begin a clause of the block', () => {
    expect(offered('|')).toEqual(['import', 'param', 'device', 'rule', 'module', 'network', 'chip', 'program', 'data', 'experiment']); // prettier-ignore
    expect(offered('chip C {\n  |\n}\n')).toEqual(expect.arrayContaining(['clock', 'bus', 'tile']));
    expect(offered('chip C {\n  tile 2 x 2 {\n    |\n  }\n}\n')).toEqual(expect.arrayContaining(['bias', 'rails']));
    expect(offered('chip C {\n  tile 2 x 2 {\n    |\n  }\n}\n')).not.toContain('clock');
    expect(offered('network N {\n  projection a -> b one-to-one {\n    |\n  }\n}\n')).toContain('learn');
    expect(offered('chip C {\n  tile 2 x 2 {\n    bias half\n    |\n  }\n}\n')).toContain('const');
    expect(offered('chip C {\n  tile 2 x 2 {\n    bias half\n    const |\n  }\n}\n')).toEqual(['settle', 'adc']);
  });

  it('are those that go on with a clause, without those that cannot', () => {
    expect(offered('device d {\n  read 1 V |\n}\n')).toEqual(expect.arrayContaining(['source']));
    expect(offered('device d {\n  spread g ~ normal(1, 2) |\n}\n')).toEqual(['per']);
    expect(offered('device d {\n  spread g ~ normal(1, 2) per |\n}\n')).toEqual(['device', 'pulse', 'read']);
    expect(offered('network N {\n  projection a -> b all-to-|\n}\n')).toContain('all-to-all');
  });

  it('are found where the clause before has faults', () => {
    expect(offered('chip C {\n  clock ) ) (\n  bus "\n  |\n}\n')).toContain('tile');
  });
});

describe('names', () => {
  const device =
    'device d "d" {\n  param field = 1 V\n  spread gain ~ normal(1, 2 %) per device\n  state g : S in 1 S .. 2 S = 1 S\n  evolve |\n}\n';

  it('are those of the kind that the place wants', () => {
    expect(offered(device)).toEqual(['g']);
    expect(offered(`${device.replace('|', 'g = 1')}\nprogram P {\n  device |\n}\n`)).toEqual(expect.arrayContaining(['d', 'yszEcram'])); // prettier-ignore
    expect(offered('import device |')).toContain('yszEcram');
    expect(offered('import device yszEcram from |')).toEqual(LIBRARY_MODULES.map((path) => `"${path}"`));
  });

  it('in expressions are values in reach, names of the language and functions', () => {
    const found = offered(device.replace('evolve |', 'evolve g = |'));
    expect(found).toEqual(expect.arrayContaining(['field', 'gain', 'g', 'v', 'window.low', 'pi', 'sinh']));
    expect(found).not.toContain('d');
    expect(offered('rule r {\n  on sample { w += | }\n}\n')).toEqual(expect.arrayContaining(['post.error', 'dt']));
    expect(offered('experiment E {\n  expect |\n}\n')).toContain('rmsError');
  });

  it('behind a dot are those that belong to what stands before it', () => {
    const rule = 'rule hebb {\n  param a = 1\n  weight w : S\n}\n\n';
    expect(offered(`${rule}experiment E {\n  set hebb.| = 3\n}\n`)).toEqual(expect.arrayContaining(['a', 'w']));
    expect(offered('rule r {\n  on sample { w += post.| }\n}\n')).toEqual(expect.arrayContaining(['error', 'value']));
    expect(offered(`${rule}network N {\n  projection p : a -> b dense {\n    learn hebb { | }\n  }\n}\n`)).toContain(
      'a',
    );
  });

  it('of settings are those of the model or the method', () => {
    expect(offered('network N {\n  population p : lif[3] { | }\n}\n')).toEqual(expect.arrayContaining(['tau', 'threshold'])); // prettier-ignore
    expect(offered('network N {\n  population p : |\n}\n')).toEqual(expect.arrayContaining(['lif', 'spikes']));
    expect(offered('rule r {\n  realize |\n}\n')).toContain('superposition');
    expect(offered('rule r {\n  realize pulses { | }\n}\n')).toContain('fraction');
  });

  it('of other files come with their imports', () => {
    const others = { 'b.ion': 'chip Board {\n}\n' };
    expect(offered('import chip Board from "./b.ion"\n\nexperiment E {\n  run P on |\n}\n', others)).toEqual(['Board']);
  });
});

describe('units and words', () => {
  it('come behind numbers and colons', () => {
    expect(offered('param a = 5 |')).toEqual(expect.arrayContaining(['V', 'ms', '%']));
    expect(offered('param a = 5 m|')).toEqual(expect.arrayContaining(['mV', 'ms']));
    expect(offered('device d {\n  state g : |\n}\n')).toContain('S');
  });

  it('are the ones that the construct knows', () => {
    expect(offered('chip C {\n  tile 2 x 2 {\n    bias |\n  }\n}\n')).toEqual(
      expect.arrayContaining(['half', 'third']),
    );
    expect(offered('device d {\n  read 1 V source "x" confidence |\n}\n')).toEqual(['measured', 'secondary', 'derived', 'estimate']); // prettier-ignore
    expect(offered('device d {\n  spread g ~ |\n}\n')).toEqual(expect.arrayContaining(['normal', 'uniform']));
  });

  it('are none inside of texts and comments', () => {
    expect(offered('param a = "|"')).toEqual([]);
    expect(offered('// param |')).toEqual([]);
    expect(offered('param a = "x|\nparam b = 1')).toEqual([]);
  });
});

describe('signature help', () => {
  const helpAt = (text: string) => {
    const { index, offset, workspace } = atCursor({ 'a.ion': text });
    const help = signatureHelp(index, offset, workspace);
    return help && `${help.signatures[0]!.label} ${String(help.activeParameter)}`;
  };

  it('shows the arguments of the innermost call', () => {
    expect(helpAt('param a = clamp(1, |')).toBe('clamp(x, y, z) 1');
    expect(helpAt('param a = clamp(sin(1), [1, 2], |')).toBe('clamp(x, y, z) 2');
    expect(helpAt('param a = clamp(1, sin(|')).toBe('sin(x) 0');
    expect(helpAt('rule r {\n  let f(u, w) = u * w\n  on pre { x = f(1, | }\n}\n')).toBe('f(u, w) 1');
    const table = 'device d {\n  table rise(part, g : uS) from "a.csv"\n  current = rise(1, |\n}\n';
    expect(helpAt(table)).toBe('rise(part, g) 1');
    expect(offered(table.replace('rise(1, |', 'r|'))).toContain('rise');
    expect(helpAt('param a = (1 + |')).toBeUndefined();
    expect(helpAt('param a = unknown(|')).toBeUndefined();
  });
});
