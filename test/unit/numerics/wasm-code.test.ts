/** The assembler against WebAssembly itself: every instruction is one that exists and takes what its name says. */
import { describe, expect, it } from 'vitest';
import type { ValueType } from '../../../src/numerics/wasm-binary.js';
import { assembleModule, block, branch, branchIf, double, get, integer } from '../../../src/numerics/wasm-code.js';
import { lane, laneMemory, Locals, loop, memory, op, select, set } from '../../../src/numerics/wasm-code.js';
import { single, singles, tee, when, word, type Code, type WasmFunction } from '../../../src/numerics/wasm-code.js';
import * as opcodes from '../../../src/numerics/wasm-opcodes.js';

declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports?: object) => { readonly exports: Record<string, unknown> };
  readonly Memory: new (limits: object) => { readonly buffer: ArrayBuffer };
};

const isValid = (functions: readonly WasmFunction[]): boolean => WebAssembly.validate(assembleModule({ functions }));

function instance(...functions: readonly WasmFunction[]): Record<string, (...operands: number[]) => number> {
  const module = new WebAssembly.Module(assembleModule({ functions }));
  return new WebAssembly.Instance(module).exports as Record<string, (...operands: number[]) => number>;
}

const scalarOf = (shape: string): ValueType =>
  shape.startsWith('i8') || shape.startsWith('i16') ? 'i32' : (shape.slice(0, 3) as ValueType);

/** Operands and result of a vector instruction, from its name. */
function vectorType(name: string): { readonly parameters: readonly ValueType[]; readonly result: ValueType } {
  const [shape = '', operation = ''] = name.split('.');
  const result = /any_true|all_true|bitmask/.test(operation) ? 'i32' : 'v128';
  if (operation === 'splat') return { parameters: [scalarOf(shape)], result };
  if (/^sh[lr]/.test(operation)) return { parameters: ['v128', 'i32'], result };
  if (operation === 'bitselect') return { parameters: ['v128', 'v128', 'v128'], result };
  const isUnary =
    /^(abs|neg|not|sqrt|ceil|floor|trunc|nearest|popcnt|convert|promote|demote|extend|extadd)/.test(operation) ||
    result === 'i32';
  return { parameters: isUnary ? ['v128'] : ['v128', 'v128'], result };
}

function scalarType(name: string): { readonly parameters: readonly ValueType[]; readonly result: ValueType } {
  const [type = '', operation = ''] = name.split('.');
  const own = type as ValueType;
  const from = /_([if]\d\d)(_[su])?$/.exec(operation)?.[1];
  if (from) return { parameters: [from as ValueType], result: own };
  const result = /^(eqz|eq|ne|lt|gt|le|ge)(_|$)/.test(operation) ? 'i32' : own;
  const isUnary = /^(eqz|clz|ctz|popcnt|abs|neg|ceil|floor|trunc|nearest|sqrt)/.test(operation);
  return { parameters: isUnary ? [own] : [own, own], result };
}

const anyOp = op as (name: string, ...operands: readonly Code[]) => Code;

describe('opcodes', () => {
  it.each(Object.keys(opcodes.VECTOR_OPCODES))('has the vector instruction %s', (name) => {
    const { parameters, result } = vectorType(name);
    const body = anyOp(name, ...parameters.map((_, index) => get(index)));
    expect(isValid([{ parameters, results: [result], locals: [], body }])).toBe(true);
  });

  it.each(Object.keys(opcodes.SCALAR_OPCODES))('has the scalar instruction %s', (name) => {
    const { parameters, result } = scalarType(name);
    const body = anyOp(name, ...parameters.map((_, index) => get(index)));
    expect(isValid([{ parameters, results: [result], locals: [], body }])).toBe(true);
  });

  it('has no two instructions of one code', () => {
    for (const table of [opcodes.VECTOR_OPCODES, opcodes.SCALAR_OPCODES]) {
      const codes = Object.values(table);
      expect(new Set(codes).size).toBe(codes.length);
    }
  });

  it('reads, writes and takes lanes apart', () => {
    const { f } = instance({
      parameters: [],
      results: ['f64'],
      locals: ['v128'],
      exportedAs: 'f',
      body: [
        ...memory('v128.store', integer(16), 16, singles(2.5)),
        ...memory('i32.store16', integer(0), 4, integer(0x1234)),
        ...set(0, memory('v128.load', integer(32), 0)),
        ...set(0, lane('f32x4.replace_lane', 3, get(0), single(-4))),
        ...laneMemory('v128.store32_lane', { lane: 3, offset: 32 }, integer(0), get(0)),
        ...op(
          'f64.add',
          op('f64.promote_f32', memory('f32.load', integer(0), 32)),
          op('f64.convert_i32_u', memory('i32.load16_u', integer(4), 0)),
        ),
      ],
    });
    expect(f!()).toBe(-4 + 0x1234);
  });
});

describe('control', () => {
  it('loops, leaves and chooses', () => {
    const locals = new Locals(['i32']);
    const [sum, index] = [locals.add('i32'), locals.add('i32')];
    const { f } = instance({
      parameters: ['i32'],
      results: ['i32'],
      locals: locals.types,
      exportedAs: 'f',
      body: [
        ...block(
          loop(
            branchIf(1, op('i32.gt_s', tee(index, op('i32.add', get(index), integer(1))), get(0))),
            when(op('i32.and', get(index), integer(1)), set(sum, op('i32.add', get(sum), get(index)))),
            branch(0),
          ),
        ),
        ...select(op('i32.eqz', get(sum)), integer(-1), get(sum)),
      ],
    });
    expect([0, 1, 5, 100].map((last) => f!(last))).toEqual([-1, 1, 9, 2500]);
  });

  it('runs on the memory of its host, shared or not', () => {
    const functions: readonly WasmFunction[] = [
      {
        parameters: [],
        locals: [],
        exportedAs: 'f',
        body: [
          ...memory('f64.store', integer(8), 0, double(0.1)),
          ...memory('v128.store', integer(16), 0, op('v128.not', word(0))),
        ],
      },
    ];
    for (const shared of [false, true]) {
      const bytes = assembleModule({ functions, memory: { kind: 'imported', bytes: 65_537, shared } });
      const host = new WebAssembly.Memory({ initial: 2, maximum: 2, shared });
      const { f } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory: host } }).exports;
      (f as () => void)();
      expect(new Float64Array(host.buffer)[1]).toBe(0.1);
      expect([...new Uint32Array(host.buffer, 16, 5)]).toEqual([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1, 0]);
    }
  });
});
