/** Lane programs as WebAssembly on vectors of four numbers; masks are words of all ones or all zeros. */
import { invariant, unreachable } from '../../core/invariant.js';
import { get, integer, op as instruction, set, singles, word, type Code, type Locals } from '../wasm-code.js';
import { neededValues, type LaneOp, type LaneProgram, type LaneValue } from './lane-program.js';

/**
 * The code that computes a program into local variables.
 *
 * @param inputCode  the vector of an input
 * @returns the code and the code that yields each output behind it
 */
export function laneCode(
  program: LaneProgram,
  locals: Locals,
  inputCode: (name: string) => Code,
): { readonly code: Code; readonly outputs: readonly Code[] } {
  const valueCode = new Map<LaneValue, Code>();
  const at = (value: LaneValue): Code => {
    const code = valueCode.get(value);
    invariant(code, 'a lane program computes its values in order');
    return code;
  };
  const code: number[] = [];
  for (const value of neededValues(program)) {
    const op = program.ops[value];
    invariant(op, 'a lane program holds its values');
    const computed = codeOf(op, { at, inputCode, ops: program.ops });
    if (op.kind === 'constant') {
      valueCode.set(value, computed);
      continue;
    }
    const local = locals.add('v128');
    code.push(...set(local, computed));
    valueCode.set(value, get(local));
  }
  return { code, outputs: program.outputs.map(at) };
}

interface Context {
  readonly at: (value: LaneValue) => Code;
  readonly inputCode: (name: string) => Code;
  readonly ops: readonly LaneOp[];
}

function codeOf(op: LaneOp, { at, inputCode, ops }: Context): Code {
  switch (op.kind) {
    case 'constant':
      return singles(op.value);
    case 'input':
      return inputCode(op.name);
    case 'unary':
      return unaryCode(op.name, at(op.operand));
    case 'binary':
      return instruction(BINARY[op.name], at(op.left), at(op.right));
    case 'compare':
      return instruction(`f32x4.${op.name}`, at(op.left), at(op.right));
    case 'logical':
      return isBeyondEither(op, at, ops) ?? instruction(`v128.${op.name}`, at(op.left), at(op.right));
    case 'not':
      return instruction('v128.not', at(op.operand));
    case 'select':
      return selectCode(op, at, ops);
    default:
      return unreachable(op);
  }
}

/** Engines take four instructions for a selection; two do where the difference of both sides is known. */
function selectCode(op: LaneOp & { readonly kind: 'select' }, at: Context['at'], ops: Context['ops']): Code {
  const [yes, no] = [ops[op.whenTrue], ops[op.whenFalse]];
  if (no?.kind === 'constant' && no.value === 0) return instruction('v128.and', at(op.mask), at(op.whenTrue));
  if (yes?.kind !== 'constant' || no?.kind !== 'constant') {
    return instruction('v128.bitselect', at(op.whenTrue), at(op.whenFalse), at(op.mask));
  }
  const [yesBits = 0, noBits = 0] = new Uint32Array(Float32Array.of(yes.value, no.value).buffer);
  return instruction('v128.xor', instruction('v128.and', at(op.mask), word(yesBits ^ noBits)), word(noBits));
}

/**
 * `a < b or a < c` as `a < max(b, c)`, `b < a or c < a` as `min(b, c) < a`: an instruction less; processors would guess
 * wrong in JavaScript, where a maximum is a branch.
 */
function isBeyondEither(
  { name, left, right }: LaneOp & { readonly kind: 'logical' },
  at: Context['at'],
  ops: Context['ops'],
): Code | undefined {
  const [first, second] = [ops[left], ops[right]];
  if (name !== 'or' || first?.kind !== 'compare' || second?.kind !== 'compare') return undefined;
  if (first.name !== 'lt' || second.name !== 'lt') return undefined;
  if (first.left === second.left) {
    return instruction('f32x4.lt', at(first.left), instruction('f32x4.pmax', at(first.right), at(second.right)));
  }
  if (first.right !== second.right) return undefined;
  return instruction('f32x4.lt', instruction('f32x4.pmin', at(first.left), at(second.left)), at(first.right));
}

const BINARY = {
  add: 'f32x4.add',
  sub: 'f32x4.sub',
  mul: 'f32x4.mul',
  div: 'f32x4.div',
  min: 'f32x4.pmin',
  max: 'f32x4.pmax',
} as const;

function unaryCode(name: (LaneOp & { readonly kind: 'unary' })['name'], operand: Code): Code {
  switch (name) {
    case 'negate':
      return instruction('f32x4.neg', operand);
    case 'abs':
      return instruction('f32x4.abs', operand);
    case 'sqrt':
      return instruction('f32x4.sqrt', operand);
    case 'floor':
      return instruction('f32x4.floor', operand);
    case 'power2':
      return instruction('i32x4.shl', instruction('i32x4.add', operand, word(127)), integer(23));
    case 'exponent': {
      const exponent = instruction('i32x4.sub', instruction('i32x4.shr_s', operand, integer(23)), word(127));
      return instruction('f32x4.convert_i32x4_s', exponent);
    }
    case 'mantissa':
      return instruction('v128.or', instruction('v128.and', operand, word(0x007f_ffff)), word(0x3f80_0000));
    default:
      return unreachable(name);
  }
}
