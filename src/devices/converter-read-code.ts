/**
 * The WebAssembly of converter-read.ts: converters and noise around a product, in the memory of the product. One
 * module for each shape and setting, so that these are constants in the instructions.
 */
import { drawSixteenSingles } from '../numerics/normal-single-code.js';
import {
  branchIf,
  get,
  integer,
  lane,
  Locals,
  loop,
  memory,
  op,
  set,
  shuffleWords,
  singles,
  type Code,
  type WasmFunction,
} from '../numerics/wasm-code.js';

/** A converter: codes are multiples of `step` up to `bound` in size, in the unit of what is converted. */
export interface Converter {
  readonly step: number;
  readonly bound: number;
}

/** What is around the product; noise is the standard deviation at the output, in the unit of the ADC. */
export interface ConverterSetting {
  readonly dac: Converter;
  readonly adc: Converter;
  readonly outputNoise: number;
}

const REGISTER_BYTES = 16;
/** Sixteen numbers, as many as the noise is drawn for at once. */
const ROUND_BYTES = 64;
/** Of the index of the line, behind counter words 2 and 3 and the key. */
const LINE_OFFSET = 16;

/** `largest`, `convertIn` and `convertOut`; at `noiseAddress` are the words that the noise of all columns shares. */
export function converterFunctions(setting: ConverterSetting, noiseAddress: number): readonly WasmFunction[] {
  return [
    { ...largestSize(), exportedAs: 'largest' },
    { ...convertIn(setting.dac), exportedAs: 'convertIn' },
    { ...convertOut(setting, noiseAddress), exportedAs: 'convertOut' },
  ];
}

/** (from, end) -> size of the largest number between. */
function largestSize(): WasmFunction {
  const [from, end] = [0, 1];
  const locals = new Locals(['i32', 'i32']);
  const largest = locals.add('v128');
  const fold = (picks: readonly [number, number, number, number]): Code =>
    set(largest, op('f32x4.max', get(largest), shuffleWords(get(largest), get(largest), picks)));
  return {
    parameters: ['i32', 'i32'],
    results: ['f32'],
    locals: locals.types,
    body: [
      ...loop(
        set(largest, op('f32x4.max', get(largest), op('f32x4.abs', memory('v128.load', get(from), 0)))),
        advance(from, REGISTER_BYTES),
        branchIf(0, op('i32.lt_u', get(from), get(end))),
      ),
      ...fold([2, 3, 0, 1]),
      ...fold([1, 0, 3, 2]),
      ...lane('f32x4.extract_lane', 0, get(largest)),
    ],
  };
}

/** (from, end, to, scale): codes of `scale` times the numbers. */
function convertIn(dac: Converter): WasmFunction {
  const [from, end, to, scale] = [0, 1, 2, 3];
  const scaled = op('f32x4.mul', memory('v128.load', get(from), 0), op('f32x4.splat', get(scale)));
  return {
    parameters: ['i32', 'i32', 'i32', 'f32'],
    locals: [],
    body: loop(
      memory('v128.store', get(to), 0, convert(scaled, dac)),
      advance(from, REGISTER_BYTES),
      advance(to, REGISTER_BYTES),
      branchIf(0, op('i32.lt_u', get(from), get(end))),
    ),
  };
}

/** (from, end, to, scale): codes of the numbers with noise, each times `scale`. */
function convertOut({ adc, outputNoise }: ConverterSetting, noiseAddress: number): WasmFunction {
  const [from, end, to, scale] = [0, 1, 2, 3];
  const parameters = ['i32', 'i32', 'i32', 'f32'] as const;
  const locals = new Locals(parameters);
  const sixteen = locals.add('i32');
  const common = (index: number): Code => memory('v128.load32_splat', integer(noiseAddress), 4 * index);
  const { code, variates } = drawSixteenSingles(locals, {
    line: memory('i32.load', integer(noiseAddress), LINE_OFFSET),
    sixteen: get(sixteen),
    common: [common(0), common(1), common(2), common(3)],
  });
  const noisy = (variate: number, index: number): Code => {
    const value = memory('v128.load', get(from), index * REGISTER_BYTES);
    return op('f32x4.add', value, op('f32x4.mul', get(variate), singles(outputNoise)));
  };
  return {
    parameters,
    locals: locals.types,
    body: loop(
      code,
      ...variates.map((variate, index) => {
        const result = op('f32x4.mul', convert(noisy(variate, index), adc), op('f32x4.splat', get(scale)));
        return memory('v128.store', get(to), index * REGISTER_BYTES, result);
      }),
      advance(from, ROUND_BYTES),
      advance(to, ROUND_BYTES),
      advance(sixteen, 1),
      branchIf(0, op('i32.lt_u', get(from), get(end))),
    ),
  };
}

/** The nearest code, halves to the even one. */
function convert(value: Code, { step, bound }: Converter): Code {
  const code = op('f32x4.mul', op('f32x4.nearest', op('f32x4.mul', value, singles(1 / step))), singles(step));
  return op('f32x4.max', op('f32x4.min', code, singles(bound)), singles(-bound));
}

function advance(local: number, amount: number): Code {
  return set(local, op('i32.add', get(local), integer(amount)));
}
