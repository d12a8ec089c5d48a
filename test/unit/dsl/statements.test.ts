/** Statements of handlers, by way of `on pulse`: what they become, and what is wrong with which part of them. */
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../../src/devices/statement.js';
import { compileDevice, deviceText, ORIGIN, report, reportsOf } from '../../support/device-text.js';
import { equation } from '../../support/equation.js';

const NEUROMODULATED = `param tau = 20 ms ${ORIGIN}
  param amplitude = 2 ${ORIGIN}
  state n : 1 in 0 .. 10 = 0`;

function body(statements: string, clauses = ''): readonly Statement[] {
  const [step] = compileDevice(deviceText(`${clauses}\n  on pulse {\n${statements}\n  }`)).pulseSteps;
  return step!.body;
}

function faults(statements: string, clauses = '') {
  return reportsOf(deviceText(`${clauses}\n  on pulse {\n${statements}\n  }`));
}

/** The statement without its place. */
function bare(statement: Statement | undefined): unknown {
  return JSON.parse(JSON.stringify(statement, (key, value: unknown) => (key === 'origin' ? undefined : value)));
}

describe('statements', () => {
  it('become assignments of what they mean', () => {
    const written = body('g = 1 uS\n g += 2 uS\n g -= 1 uS * 2\n g *= 3');
    const meant = ['1e-6', 'g + 2e-6', 'g - 1e-6 * 2', 'g * 3'];
    expect(written.map(bare)).toEqual(meant.map((text) => ({ kind: 'assign', target: 'g', value: equation(text) })));
  });

  it('keep the sum on the right of `-=` together', () => {
    const [statement] = body('g -= 1 uS + g');
    expect(bare(statement)).toEqual({ kind: 'assign', target: 'g', value: equation('g - (1e-6 + g)') });
  });

  it('know local values behind their declaration, inside their block', () => {
    const [local, branch] = body(
      'let half = g / 2\n if half > 1 uS { let less = half / 2\n g = less } else { g += half }',
    );
    expect(bare(local)).toEqual({ kind: 'local', name: 'half', value: equation('g / 2') });
    expect(bare(branch)).toEqual({
      kind: 'if',
      condition: equation('half > 1e-6'),
      whenTrue: [
        { kind: 'local', name: 'less', value: equation('half / 2') },
        { kind: 'assign', target: 'g', value: equation('less') },
      ],
      whenFalse: [{ kind: 'assign', target: 'g', value: equation('g + half') }],
    });
    expect(faults('g = half\n let half = g / 2')).toMatchObject([
      report('dsl/used-before-declared', '`half` is used before its declaration', 'half'),
    ]);
    expect(faults('if v > 0 V { let half = g / 2\n g = half }\n g = half')).toMatchObject([report('dsl/unknown-name')]);
  });
});

describe('dimensions', () => {
  it('refuse to add a rate to a plain number, and mark the term', () => {
    expect(faults('n += amplitude / tau', NEUROMODULATED)).toMatchObject([
      report(
        'dsl/dimension-mismatch',
        '`+=` needs the same dimension on both sides, found a plain number and frequency or rate (1/s)',
        'amplitude / tau',
      ),
    ]);
  });

  it.each([
    ['n += amplitude + amplitude / tau', 'amplitude / tau'],
    ['n += amplitude / tau + amplitude', 'amplitude / tau'],
    ['n -= amplitude * (1 - n) + (n - n / tau)', 'n / tau'],
    ['n = n - n / tau', 'n / tau'],
  ])('mark the term that spoils the sum in `%s`', (statement, term) => {
    const reported = faults(statement, NEUROMODULATED);
    expect(reported).toHaveLength(1);
    expect(reported[0]!.code).toBe('dsl/dimension-mismatch');
    expect(reported[0]!.message).toContain('a plain number');
    expect(reported[0]!.message).toContain('frequency or rate (1/s)');
    expect(reported[0]!.marked).toBe(term);
  });

  it('mark the whole where all terms are of one wrong dimension', () => {
    expect(faults('g += 1 V + 2 V')).toMatchObject([
      report(
        'dsl/dimension-mismatch',
        '`+=` needs the same dimension on both sides, found conductance (S) and voltage (V)',
        '1 V + 2 V',
      ),
    ]);
  });

  it('multiply by plain numbers only', () => {
    expect(faults('g *= 2 uS')).toMatchObject([
      report('dsl/unexpected-dimension', 'right side of `*=` must be a plain number, found conductance (S)', '2 uS'),
    ]);
  });

  it('want conditions of `if`', () => {
    expect(faults('if g { g = 1 uS }')).toMatchObject([
      report('dsl/truth-value', 'condition of `if` must be a condition, found a number', 'g'),
    ]);
    expect(faults('g = g > 1 uS')).toMatchObject([report('dsl/truth-value')]);
  });
});

describe('names', () => {
  it.each([
    ['size = 1 nS', 'dsl/not-assignable', '`size` cannot be assigned to'],
    ['half = 1 nS', 'dsl/not-assignable', '`half` cannot be assigned to'],
    ['v = 1 V', 'dsl/not-assignable', '`v` cannot be assigned to'],
    ['field = 1 mT', 'dsl/not-assignable', '`field` cannot be assigned to'],
    ['let own = 1 nS\n own += size + own', 'dsl/not-assignable', '`own` cannot be assigned to'],
    ['h = 1 nS', 'dsl/unknown-name', 'unknown state variable `h`'],
  ])('refuse to change what is no state: %s', (statements, code, message) => {
    const clauses = `param size = 1 nS ${ORIGIN}\n let half = size / 2\n modulator field : mT = 0 mT`;
    const reported = faults(`${statements}\n g += half * (1 + field / 1 mT)`, clauses);
    expect(reported).toMatchObject([{ code, message }]);
  });

  it('refuse local values that hide names of equations, and warn of those that hide parameters of the file', () => {
    expect(faults('let g = 1 uS\n let v = g / 1 uS * 1 uS')).toMatchObject([
      report('dsl/duplicate-name', '`g` is declared twice', 'g'),
      report('dsl/duplicate-name', '`v` is declared twice', 'v'),
    ]);
    expect(faults('let a = 1 uS\n let a = 2 uS\n g = a')).toMatchObject([report('dsl/duplicate-name')]);
    expect(faults('let a = 1 uS\n if v > 0 V { let a = 2 uS\n g = a }')).toMatchObject([report('dsl/duplicate-name')]);
    const file = `param size = 1 nS\n${deviceText('on pulse { let size = 2 nS\n g += size }')}`;
    expect(reportsOf(file)).toMatchObject([
      report('dsl/shadowed-name', 'local value `size` hides the parameter `size` of the file', 'size'),
    ]);
  });

  it('warn of local values that nobody uses, unless something else is wrong', () => {
    expect(faults('let spare = g / 2\n g += 1 nS')).toMatchObject([
      report('dsl/unused-name', 'local value `spare` is never used', 'spare'),
    ]);
    expect(faults('let spare = g / 2\n g += spear').map(({ code }) => code)).toEqual(['dsl/unknown-name']);
  });
});
