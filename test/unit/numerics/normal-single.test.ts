import { describe, expect, it } from 'vitest';
import { drawSixteenSingles } from '../../../src/numerics/normal-single-code.js';
import { keyOfSeed, normalAt } from '../../../src/numerics/normal.js';
import { assembleModule, get, integer, Locals, memory } from '../../../src/numerics/wasm-code.js';

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

interface Drawer {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly draw: (line: number, sixteen: number) => void;
}

/** A module that draws to address 64, with the common words at 0. */
function createDrawer(): Drawer {
  const locals = new Locals(['i32', 'i32']);
  const common = (index: number): readonly number[] => memory('v128.load32_splat', integer(0), 4 * index);
  const { code, variates } = drawSixteenSingles(locals, {
    line: get(0),
    sixteen: get(1),
    common: [common(0), common(1), common(2), common(3)],
  });
  const body = [
    ...code,
    ...variates.flatMap((variate, index) => memory('v128.store', integer(64), 16 * index, get(variate))),
  ];
  const functions = [{ parameters: ['i32', 'i32'] as const, locals: locals.types, body, exportedAs: 'draw' }];
  return new WebAssembly.Instance(new WebAssembly.Module(assembleModule({ functions }))).exports as Drawer;
}

describe('variates in single precision', () => {
  const { memory: shared, draw } = createDrawer();
  const common = new Uint32Array(shared.buffer, 0, 4);
  const variates = new Float32Array(shared.buffer, 64, 16);
  const seed = 123_456_789_012;
  const address = { key: keyOfSeed(seed), stream: 3, event: 17, along: 'rows' } as const;

  it('are those of the same address in double precision to 2e-6', () => {
    common.set([address.event, 2 * address.stream, ...address.key]);
    for (let line = 0; line < 20; line++) {
      for (let sixteen = 0; sixteen < 20; sixteen++) {
        draw(line, sixteen);
        variates.forEach((variate, place) => {
          expect(Math.abs(variate - normalAt(address, line, 16 * sixteen + place))).toBeLessThan(2e-6);
        });
      }
    }
  });

  it('have mean 0, variance 1 and the tail of a normal distribution', () => {
    common.set([1, 0, 5, 6]);
    const count = 320_000;
    let [sum, squares, beyondThree] = [0, 0, 0];
    for (let sixteen = 0; sixteen < count / 16; sixteen++) {
      draw(sixteen, sixteen);
      for (const variate of variates) {
        sum += variate;
        squares += variate * variate;
        if (Math.abs(variate) > 3) beyondThree++;
      }
    }
    // Four standard errors each.
    expect(Math.abs(sum / count)).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(squares / count - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    expect(Math.abs(beyondThree / count - 0.0026998)).toBeLessThan(4 * Math.sqrt(0.0027 / count));
  });
});
