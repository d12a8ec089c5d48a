/** Lane programs as JavaScript statements on single numbers; every operation is rounded to single precision. */
import { invariant, unreachable } from '../../core/invariant.js';
import { neededValues, type LaneOp, type LaneProgram, type LaneValue } from './lane-program.js';

/** What {@link laneStatements} refer to beside their inputs, under the names they use. */
export const LANE_RUNTIME = { fround: Math.fround, power2, exponentOf, mantissaOf };

const bits = new Int32Array(1);
const single = new Float32Array(bits.buffer);

/** The last bits of the operand are the power. */
function power2(biased: number): number {
  single[0] = biased;
  bits[0] = ((bits[0] ?? 0) + 127) << 23;
  return single[0];
}

function exponentOf(value: number): number {
  single[0] = value;
  return ((bits[0] ?? 0) >> 23) - 127;
}

function mantissaOf(value: number): number {
  single[0] = value;
  bits[0] = ((bits[0] ?? 0) & 0x007f_ffff) | 0x3f80_0000;
  return single[0];
}

/** Text of a selection from its operations, where there is a text of its own. */
export type SelectText = (mask: LaneOp, whenTrue: LaneOp, whenFalse: LaneOp) => string | undefined;

/**
 * One `const` for each value.
 *
 * @param inputText  what an input is called; masks are booleans
 * @param selectText  a better way than a branch to write some selections
 * @returns the statements and what the outputs are called
 */
export function laneStatements(
  program: LaneProgram,
  inputText: (name: string) => string,
  selectText: SelectText = () => undefined,
): { readonly lines: readonly string[]; readonly outputs: readonly string[] } {
  const name = (value: LaneValue): string => `t${String(value)}`;
  const lines = neededValues(program).map((value) => {
    const op = program.ops[value];
    invariant(op, 'a lane program holds its values');
    const [mask, yes, no] =
      op.kind === 'select' ? [op.mask, op.whenTrue, op.whenFalse].map((at) => program.ops[at]) : [];
    const selected = mask && yes && no && selectText(mask, yes, no);
    return `const ${name(value)} = ${selected ?? textOf(op, name, inputText)};`;
  });
  return { lines, outputs: program.outputs.map(name) };
}

function textOf(op: LaneOp, name: (value: LaneValue) => string, inputText: (name: string) => string): string {
  switch (op.kind) {
    case 'constant':
      return String(op.value);
    case 'input':
      return inputText(op.name);
    case 'unary':
      return unaryText(op.name, name(op.operand));
    case 'binary':
      return binaryText(op.name, name(op.left), name(op.right));
    case 'compare':
      return `${name(op.left)} ${COMPARE[op.name]} ${name(op.right)}`;
    case 'logical':
      return `${name(op.left)} ${op.name === 'and' ? '&&' : '||'} ${name(op.right)}`;
    case 'not':
      return `!${name(op.operand)}`;
    case 'select':
      return `${name(op.mask)} ? ${name(op.whenTrue)} : ${name(op.whenFalse)}`;
    default:
      return unreachable(op);
  }
}

const COMPARE = { lt: '<', le: '<=', eq: '===' } as const;
const ARITHMETIC = { add: '+', sub: '-', mul: '*', div: '/' } as const;

function unaryText(name: (LaneOp & { readonly kind: 'unary' })['name'], operand: string): string {
  switch (name) {
    case 'negate':
      return `-${operand}`;
    case 'abs':
      return `Math.abs(${operand})`;
    case 'sqrt':
      return `fround(Math.sqrt(${operand}))`;
    case 'floor':
      return `Math.floor(${operand})`;
    case 'power2':
      return `power2(${operand})`;
    case 'exponent':
      return `exponentOf(${operand})`;
    case 'mantissa':
      return `mantissaOf(${operand})`;
    default:
      return unreachable(name);
  }
}

function binaryText(name: (LaneOp & { readonly kind: 'binary' })['name'], left: string, right: string): string {
  if (name === 'min') return `${right} < ${left} ? ${right} : ${left}`;
  if (name === 'max') return `${left} < ${right} ? ${right} : ${left}`;
  return `fround(${left} ${ARITHMETIC[name]} ${right})`;
}
