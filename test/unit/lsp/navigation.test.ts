/** What names refer to: every kind of declaration from every kind of place, within files and across them. */
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { nameAt } from '../../../src/lsp/at-place.js';
import { findMentions } from '../../../src/lsp/features/references.js';
import { rename } from '../../../src/lsp/features/rename.js';
import { atCursor } from '../../support/editor.js';

const RULE = `rule hebb {
  param a = 1 nS
  weight w : S
  trace x : 1 per pre
  modulator reward : 1 = 0
  kernel dw(dt) = a * dt
  let double(y) = 2 * y * a
  on pre { let step = double(x); w += step }
  evolve x = -x / 20 ms
}
`
  .replace('; ', '\n    ')
  .replace('{ let', '{\n    let');

const DEVICE = `device base "d" {
  param field = 0.5 V source "s" confidence estimate
  spread gain ~ normal(1, 2 %) per device source "s" confidence estimate
  window mid = 1 uS .. 2 uS source "s" confidence estimate
  state g : S in 1 uS .. 2 uS = window.low
  evolve g = gain * g / 1 s
  energy hold = field * abs(change.g) source "s" confidence estimate
}
`;

const NETWORK = `${RULE}
module Layer {
  param size = 3
  input in : spikes[size]
  population cells : lif[size]
  output out = cells
}

network Net {
  population pre : spikes[8]
  population post : lif[4]
  use Layer[2] as layers { size = 4 }
  projection synapses : pre -> post all-to-all on base {
    learn hebb when post.index % 2 == 0
    encode differential window mid
  }
  for i in 0 .. 1 {
    connect post -> layers[i].in
  }
}

data digits {
  from "a.csv"
  split train 80 %, test 20 %
}

experiment Trial {
  run Net on Board
  train on digits.train
  pair pre with post at 0 ms .. 1 ms step 1 ms
  record synapses.w, layers
  set hebb.a = 2 nS
  sweep hebb.a in 1 nS .. 2 nS
  expect correlation(synapses.dw, hebb.dw) >= 0.9
}
`;

/** Name, kind and line of what the name at the cursor refers to. */
function targetOf(text: string, needle: string, shift = 0): string | undefined {
  const offset = text.indexOf(needle) + shift;
  if (offset < shift) throw new Error(`no ${needle}`);
  const cursor = atCursor({ 'a.ion': `${text.slice(0, offset)}|${text.slice(offset)}` });
  const { declaration } = nameAt(cursor.index, cursor.offset, cursor.workspace.resolver) ?? {};
  return declaration && `${declaration.kind} ${declaration.name.name}`;
}

describe('a name', () => {
  const all = `${DEVICE}\n${NETWORK}`;

  it.each([
    ['in a rule', 'a * dt', 0, 'parameter a'],
    ['of an argument of a kernel', 'dt\n', 0, 'argument dt'],
    ['of an argument of a function', 'y * a', 0, 'argument y'],
    ['of a called function', 'double(x)', 0, 'value double'],
    ['of a trace in a handler', 'x)', 0, 'trace x'],
    ['of a local value', 'step }', 0, 'local step'],
    ['that is assigned', 'w += ', 0, 'weight w'],
    ['that evolves', 'evolve x', 7, 'trace x'],
    ['of a spread', 'gain * g', 0, 'spread gain'],
    ['of a state whose change is meant', 'change.g', 7, 'state g'],
    ['of a module', 'use Layer', 5, 'module Layer'],
    ['of a setting of a module', 'size = 4', 0, 'parameter size'],
    ['of a population', 'pre -> post all', 0, 'population pre'],
    ['of a device of a projection', 'base {\n    learn', 0, 'device base'],
    ['of a rule', 'learn hebb', 6, 'rule hebb'],
    ['of a window of the device that a projection is on', 'window mid\n', 7, 'window mid'],
    ['of an index', 'layers[i]', 7, 'index i'],
    ['of an instance', 'layers[i]', 0, 'instance layers'],
    ['of a port of a module', 'layers[i].in', 10, 'input in'],
    ['of a network', 'run Net', 4, 'network Net'],
    ['of a part of data', 'digits.train', 7, 'part train'],
    ['of data', 'digits.train', 0, 'data digits'],
    ['of a population of the network that runs', 'pair pre', 5, 'population pre'],
    ['of a weight of a projection', 'synapses.w', 9, 'weight w'],
    ['of a kernel of a projection', 'synapses.dw', 9, 'kernel dw'],
    ['of a parameter of a rule that is set', 'hebb.a =', 5, 'parameter a'],
    ['of a parameter of a rule that is swept', 'sweep hebb.a', 11, 'parameter a'],
    ['of a kernel', 'hebb.dw', 5, 'kernel dw'],
  ])('%s is found', (_what, needle, shift, expected) => {
    expect(targetOf(all, needle, shift)).toBe(expected);
  });

  it.each([
    ['the other side of a synapse', 'post.index', 0],
    ['what belongs to it', 'post.index', 6],
    ['a figure of the device', 'window.low', 8],
    ['a function of the language', 'abs(change', 0],
    ['a board that is not there', 'Board', 0],
  ])('of %s is none of a file', (_what, needle, shift) => {
    expect(targetOf(all, needle, shift)).toBeUndefined();
  });

  it('in a text with faults is found all the same', () => {
    const broken = `${DEVICE.replace('energy hold = field', 'energy hold = ) " field')}\n${NETWORK}`;
    expect(targetOf(broken, 'gain * g')).toBe('spread gain');
    expect(targetOf(broken, 'learn hebb', 6)).toBe('rule hebb');
  });

  it('of an index of a comprehension stays inside', () => {
    const text = 'param i = 3\nparam v = [for i in 0 .. 2 : i * 1 mV]\nparam w = i\n';
    expect(targetOf(text, ': i', 2)).toBe('index i');
    expect(targetOf(text, 'w = i', 4)).toBe('param i');
  });

  it('that is a word of JavaScript is a name like any other', () => {
    expect(targetOf('param __proto__ = 1\nparam b = __proto__ + constructor\n', '__proto__ +')).toBe('param __proto__');
    expect(targetOf('param b = constructor + 1\n', 'constructor')).toBeUndefined();
  });
});

describe('imports', () => {
  const files = {
    'parts.ion': DEVICE,
    'middle.ion': 'import device base from "./parts.ion"\n\nprogram P {\n  device base window mid\n}\n',
    'main.ion':
      'import program P from "./middle.ion"\n\nexperiment E {\n  run P on C\n  calibrate ga|in with 5 pulses\n}\n',
  };

  it('are followed from file to file', () => {
    const { index, offset, workspace } = atCursor(files);
    const { declaration } = nameAt(index, offset, workspace.resolver)!;
    expect(declaration).toMatchObject({ kind: 'spread', file: 'parts.ion' });
    const mentions = findMentions(declaration!, workspace);
    expect(mentions.map(({ file, kind }) => `${file} ${kind}`)).toEqual(['parts.ion declaration', 'parts.ion use', 'main.ion use']); // prettier-ignore
  });

  it('in a circle lead nowhere', () => {
    const { index, offset, workspace } = atCursor({
      'a.ion': 'import chip C from "./b.ion"\n\nexperiment E {\n  run P on C|\n}\n',
      'b.ion': 'import chip C from "./a.ion"\n',
    });
    expect(nameAt(index, offset, workspace.resolver)!.declaration).toBeUndefined();
  });

  it('are edited with what they import', () => {
    const { index, offset, workspace } = atCursor({ ...files, 'main.ion': files['main.ion'].replace('|', ''), 'parts.ion': DEVICE.replace('base', 'ba|se') }); // prettier-ignore
    const edit = rename(index, offset, 'channel', workspace);
    const changes = 'changes' in edit ? edit.changes : {};
    const counts = Object.entries(changes).map(([uri, edits]) => [uri.replace(/.*\//, ''), edits.length]);
    expect(Object.fromEntries(counts)).toEqual({ 'parts.ion': 1, 'middle.ion': 2 });
  });
});

describe('renaming', () => {
  const refusalOf = (text: string, newName: string): string => {
    const { index, offset, workspace } = atCursor({ 'a.ion': text });
    const result = rename(index, offset, newName, workspace);
    return 'reason' in result ? result.reason : '';
  };

  it('changes `change.g` with the state and leaves names that only look alike', () => {
    const { index, offset, workspace } = atCursor({ 'a.ion': DEVICE.replace('state g', 'state |g') });
    const edit = rename(index, offset, 'conductance', workspace);
    expect('changes' in edit && Object.values(edit.changes)[0]).toHaveLength(4);
    expect(refusalOf(DEVICE.replace('state g', 'state |g'), 'conductance')).toBe('');
  });

  it('finds names behind line ends and comments in their place', () => {
    const text = NETWORK.replace('synapses.dw', 'synapses // not this dw\n    .dw');
    const { index, offset, workspace } = atCursor({ 'a.ion': text.replace('kernel dw', 'kernel |dw') });
    const edit = rename(index, offset, 'delta', workspace);
    const [edits = []] = 'changes' in edit ? Object.values(edit.changes ?? {}) : [];
    const renamed = TextDocument.applyEdits(TextDocument.create('a.ion', 'ion', 1, text), edits);
    expect(renamed).toContain('correlation(synapses // not this dw\n    .delta, hebb.delta)');
    expect(renamed).toContain('kernel delta(dt)');
  });

  it('changes a table with its calls, and an argument of one alone', () => {
    const text = `device base "d" {
  table rise(part, g : uS) : nS from "rise.csv" source "s" confidence measured
  spread part ~ uniform(0, 1) per pulse source "s" confidence estimate
  state g : S in 1 uS .. 2 uS = window.low
  on pulse { g += ri|se(part, g) }
}
`;
    const { workspace, index, offset } = atCursor({ 'a.ion': text });
    const edit = rename(index, offset, 'climb', workspace);
    const [changes = []] = 'changes' in edit ? Object.values(edit.changes ?? {}) : [];
    const renamed = TextDocument.applyEdits(TextDocument.create('a.ion', 'ion', 1, text.replace('|', '')), changes);
    expect(renamed).toBe(text.replace('|', '').replaceAll('rise(', 'climb('));
    const argument = atCursor({ 'a.ion': text.replace('|', '').replace('rise(part', 'rise(pa|rt') });
    const single = rename(argument.index, argument.offset, 'share', argument.workspace);
    expect('changes' in single && Object.values(single.changes ?? {}).flat()).toHaveLength(1);
  });

  it('refuses names that other places would take for the new one', () => {
    const unused = 'param a = 1\n\ndevice d {\n  let |b = 2\n  let c = a\n}\n';
    expect(refusalOf(unused, 'a')).toContain('already means');
    expect(refusalOf(unused, 'e')).toBe('');
    expect(refusalOf(unused, 'pi')).toContain('constant');
    expect(refusalOf(unused, 'exp')).toContain('function');
    const { index, offset, workspace } = atCursor({
      'a.ion': 'chip |A {\n  clock 1 MHz\n}\n',
      'b.ion': 'import chip A from "./a.ion"\n\nchip B {\n  clock 1 MHz\n}\n',
    });
    expect(rename(index, offset, 'B', workspace)).toMatchObject({ kind: 'refusal' });
  });

  it('refuses names that mean something else there', () => {
    expect(refusalOf(DEVICE.replace('state g', 'state |g'), 'v')).toContain('the voltage across the cell');
    expect(refusalOf(DEVICE.replace('state g', 'state |g'), 'field')).toContain('already means');
    expect(refusalOf('param |low = 1\n\nchip C {\n  clock low\n}\n\nparam high = 2\n', 'high')).toContain(
      'already means',
    );
    expect(refusalOf(NETWORK.replace('index % 2', 'in|dex % 2'), 'number')).toContain('the language gives it');
  });
});
