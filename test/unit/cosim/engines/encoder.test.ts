/** The binary encoder against WebAssembly itself. */
import { describe, expect, it } from 'vitest';
import { layoutPorts } from '../../../../src/cosim/io-layout.js';
import { FunctionWriter } from '../../../../src/cosim/engines/wasm/encoder.js';
import { ByteWriter, encodeModule } from '../../../../src/numerics/wasm-binary.js';
import { compileWasm, instantiateWasm, isValidWasm } from '../../../../src/cosim/engines/wasm/webassembly.js';

/** A module whose function `f` returns a constant. */
function constantModule(type: 'i32' | 'i64', value: bigint): Uint8Array {
  const code = new FunctionWriter({ parameters: [], results: [type] });
  code.constant(type, value);
  return encodeModule({ functions: [code], exports: new Map([['f', 0]]), memory: { kind: 'own', bytes: 1 }, data: [] });
}

describe('encoder', () => {
  it.each([0n, 1n, 63n, 64n, -1n, -64n, -65n, 127n, 128n, 2n ** 31n - 1n, -(2n ** 31n), 2n ** 32n - 1n])(
    'writes the constant %s',
    async (value) => {
      for (const type of ['i32', 'i64'] as const) {
        const bytes = constantModule(type, value);
        expect(isValidWasm(bytes)).toBe(true);
        const { f } = instantiateWasm(await compileWasm(bytes)).exports;
        const found = BigInt((f as () => number | bigint)());
        expect(found).toBe(type === 'i32' ? BigInt.asIntN(32, value) : value);
      }
    },
  );

  it('writes unsigned numbers in groups of seven bits', () => {
    const writer = new ByteWriter();
    for (const value of [0, 127, 128, 624_485, 2 ** 32 - 1]) writer.unsigned(value);
    expect([...writer.toBytes()]).toEqual([0, 127, 0x80, 1, 0xe5, 0x8e, 0x26, 0xff, 0xff, 0xff, 0xff, 0x0f]);
  });

  it('groups locals by type and grows past its first buffer', () => {
    const code = new FunctionWriter({ parameters: [], results: [] });
    for (let index = 0; index < 300; index++) {
      const local = code.local(index % 3 === 0 ? 'i32' : 'i64');
      code.constant(index % 3 === 0 ? 'i32' : 'i64', 1n);
      code.indexed('local.set', local);
    }
    expect(
      isValidWasm(
        encodeModule({ functions: [code], exports: new Map(), memory: { kind: 'own', bytes: 70_000 }, data: [] }),
      ),
    ).toBe(true);
  });
});

describe('I/O layout', () => {
  it('gives every port its own words, in order', () => {
    const { slots, words } = layoutPorts([
      { name: 'a', direction: 'input', width: 1 },
      { name: 'b', direction: 'output', width: 65 },
      { name: 'c', direction: 'output', width: 32 },
    ]);
    expect([...slots]).toEqual([
      ['a', { offset: 0, words: 1, width: 1 }],
      ['b', { offset: 1, words: 3, width: 65 }],
      ['c', { offset: 4, words: 1, width: 32 }],
    ]);
    expect(words).toBe(5);
  });
});
