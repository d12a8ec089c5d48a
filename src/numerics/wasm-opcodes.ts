/**
 * Opcodes of the WebAssembly instructions that take everything from the stack: the numeric instructions of the core
 * specification 2.0, by families of consecutive codes. Vector instructions stand behind the prefix 0xfd.
 */

type Words<Text extends string> = Text extends `${infer Head} ${infer Tail}` ? Head | Words<Tail> : Text;
type Family<Type extends string, Text extends string> = Readonly<
  Record<`${Type}.${Exclude<Words<Text>, '-'>}`, number>
>;

/** Consecutive codes from `first`; `-` leaves one out. */
function family<Type extends string, Text extends string>(first: number, type: Type, names: Text): Family<Type, Text> {
  const entries = names.split(' ').map((name, index) => [`${type}.${name}`, first + index] as const);
  // What the entries are called is what the type says.
  return Object.fromEntries(entries.filter(([name]) => !name.endsWith('.-'))) as Family<Type, Text>;
}

const INTEGER_COMPARE = 'eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u';
const INTEGER_ARITHMETIC = 'clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr';
const FLOAT_ARITHMETIC = 'abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign';

/** Instructions of one byte. */
export const SCALAR_OPCODES = {
  ...family(0x45, 'i32', INTEGER_COMPARE),
  ...family(0x50, 'i64', INTEGER_COMPARE),
  ...family(0x5b, 'f32', 'eq ne lt gt le ge'),
  ...family(0x61, 'f64', 'eq ne lt gt le ge'),
  ...family(0x67, 'i32', INTEGER_ARITHMETIC),
  ...family(0x79, 'i64', INTEGER_ARITHMETIC),
  ...family(0x8b, 'f32', FLOAT_ARITHMETIC),
  ...family(0x99, 'f64', FLOAT_ARITHMETIC),
  ...family(0xa7, 'i32', 'wrap_i64 trunc_f32_s trunc_f32_u trunc_f64_s trunc_f64_u'),
  ...family(0xac, 'i64', 'extend_i32_s extend_i32_u trunc_f32_s trunc_f32_u trunc_f64_s trunc_f64_u'),
  ...family(0xb2, 'f32', 'convert_i32_s convert_i32_u convert_i64_s convert_i64_u demote_f64'),
  ...family(0xb7, 'f64', 'convert_i32_s convert_i32_u convert_i64_s convert_i64_u promote_f32'),
  ...family(0xbc, 'i32', 'reinterpret_f32'),
  ...family(0xbd, 'i64', 'reinterpret_f64'),
  ...family(0xbe, 'f32', 'reinterpret_i32'),
  ...family(0xbf, 'f64', 'reinterpret_i64'),
} as const;

const VECTOR_COMPARE = 'eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u';
const SATURATING = 'shl shr_s shr_u add add_sat_s add_sat_u sub sub_sat_s sub_sat_u';

/** Instructions behind the prefix. */
export const VECTOR_OPCODES = {
  ...family(0x0e, 'i8x16', 'swizzle splat'),
  ...family(0x10, 'i16x8', 'splat'),
  ...family(0x11, 'i32x4', 'splat'),
  ...family(0x12, 'i64x2', 'splat'),
  ...family(0x13, 'f32x4', 'splat'),
  ...family(0x14, 'f64x2', 'splat'),
  ...family(0x23, 'i8x16', VECTOR_COMPARE),
  ...family(0x2d, 'i16x8', VECTOR_COMPARE),
  ...family(0x37, 'i32x4', VECTOR_COMPARE),
  ...family(0x41, 'f32x4', 'eq ne lt gt le ge'),
  ...family(0x47, 'f64x2', 'eq ne lt gt le ge'),
  ...family(0x4d, 'v128', 'not and andnot or xor bitselect any_true'),
  ...family(0x5e, 'f32x4', 'demote_f64x2_zero'),
  ...family(0x5f, 'f64x2', 'promote_low_f32x4'),
  ...family(0x60, 'i8x16', 'abs neg popcnt all_true bitmask narrow_i16x8_s narrow_i16x8_u'),
  ...family(0x67, 'f32x4', 'ceil floor trunc nearest'),
  ...family(0x6b, 'i8x16', SATURATING),
  ...family(0x74, 'f64x2', 'ceil floor'),
  ...family(0x76, 'i8x16', 'min_s min_u max_s max_u'),
  ...family(0x7a, 'f64x2', 'trunc'),
  ...family(0x7b, 'i8x16', 'avgr_u'),
  ...family(0x7c, 'i16x8', 'extadd_pairwise_i8x16_s extadd_pairwise_i8x16_u'),
  ...family(0x7e, 'i32x4', 'extadd_pairwise_i16x8_s extadd_pairwise_i16x8_u'),
  ...family(0x80, 'i16x8', 'abs neg q15mulr_sat_s all_true bitmask narrow_i32x4_s narrow_i32x4_u'),
  ...family(0x87, 'i16x8', 'extend_low_i8x16_s extend_high_i8x16_s extend_low_i8x16_u extend_high_i8x16_u'),
  ...family(0x8b, 'i16x8', SATURATING),
  ...family(0x94, 'f64x2', 'nearest'),
  ...family(0x95, 'i16x8', 'mul min_s min_u max_s max_u - avgr_u'),
  ...family(0x9c, 'i16x8', 'extmul_low_i8x16_s extmul_high_i8x16_s extmul_low_i8x16_u extmul_high_i8x16_u'),
  ...family(0xa0, 'i32x4', 'abs neg - all_true bitmask'),
  ...family(0xa7, 'i32x4', 'extend_low_i16x8_s extend_high_i16x8_s extend_low_i16x8_u extend_high_i16x8_u'),
  ...family(0xab, 'i32x4', 'shl shr_s shr_u add - - sub - - - mul min_s min_u max_s max_u dot_i16x8_s'),
  ...family(0xbc, 'i32x4', 'extmul_low_i16x8_s extmul_high_i16x8_s extmul_low_i16x8_u extmul_high_i16x8_u'),
  ...family(0xc0, 'i64x2', 'abs neg - all_true bitmask'),
  ...family(0xc7, 'i64x2', 'extend_low_i32x4_s extend_high_i32x4_s extend_low_i32x4_u extend_high_i32x4_u'),
  ...family(0xcb, 'i64x2', 'shl shr_s shr_u add - - sub - - - mul eq ne lt_s gt_s le_s ge_s'),
  ...family(0xdc, 'i64x2', 'extmul_low_i32x4_s extmul_high_i32x4_s extmul_low_i32x4_u extmul_high_i32x4_u'),
  ...family(0xe0, 'f32x4', 'abs neg - sqrt add sub mul div min max pmin pmax'),
  ...family(0xec, 'f64x2', 'abs neg - sqrt add sub mul div min max pmin pmax'),
  ...family(0xf8, 'i32x4', 'trunc_sat_f32x4_s trunc_sat_f32x4_u'),
  ...family(0xfa, 'f32x4', 'convert_i32x4_s convert_i32x4_u'),
  ...family(0xfc, 'i32x4', 'trunc_sat_f64x2_s_zero trunc_sat_f64x2_u_zero'),
  ...family(0xfe, 'f64x2', 'convert_low_i32x4_s convert_low_i32x4_u'),
} as const;

/** Scalar loads and stores with the logarithm of their natural alignment. */
export const SCALAR_MEMORY = {
  'i32.load': [0x28, 2],
  'i64.load': [0x29, 3],
  'f32.load': [0x2a, 2],
  'f64.load': [0x2b, 3],
  'i32.load8_s': [0x2c, 0],
  'i32.load8_u': [0x2d, 0],
  'i32.load16_s': [0x2e, 1],
  'i32.load16_u': [0x2f, 1],
  'i32.store': [0x36, 2],
  'i64.store': [0x37, 3],
  'f32.store': [0x38, 2],
  'f64.store': [0x39, 3],
  'i32.store8': [0x3a, 0],
  'i32.store16': [0x3b, 1],
} as const;

/** Vector loads and stores with the logarithm of their natural alignment. */
export const VECTOR_MEMORY = {
  'v128.load': [0x00, 4],
  'v128.load8x8_s': [0x01, 3],
  'v128.load8x8_u': [0x02, 3],
  'v128.load16x4_s': [0x03, 3],
  'v128.load16x4_u': [0x04, 3],
  'v128.load32x2_s': [0x05, 3],
  'v128.load32x2_u': [0x06, 3],
  'v128.load8_splat': [0x07, 0],
  'v128.load16_splat': [0x08, 1],
  'v128.load32_splat': [0x09, 2],
  'v128.load64_splat': [0x0a, 3],
  'v128.load32_zero': [0x5c, 2],
  'v128.load64_zero': [0x5d, 3],
  'v128.store': [0x0b, 4],
} as const;

/** Loads and stores of one lane of a vector, as {@link VECTOR_MEMORY}. */
export const LANE_MEMORY = {
  'v128.load8_lane': [0x54, 0],
  'v128.load16_lane': [0x55, 1],
  'v128.load32_lane': [0x56, 2],
  'v128.load64_lane': [0x57, 3],
  'v128.store8_lane': [0x58, 0],
  'v128.store16_lane': [0x59, 1],
  'v128.store32_lane': [0x5a, 2],
  'v128.store64_lane': [0x5b, 3],
} as const;

/** Instructions that name a lane. */
export const LANE_OPCODES = {
  ...family(0x15, 'i8x16', 'extract_lane_s extract_lane_u replace_lane'),
  ...family(0x18, 'i16x8', 'extract_lane_s extract_lane_u replace_lane'),
  ...family(0x1b, 'i32x4', 'extract_lane replace_lane'),
  ...family(0x1d, 'i64x2', 'extract_lane replace_lane'),
  ...family(0x1f, 'f32x4', 'extract_lane replace_lane'),
  ...family(0x21, 'f64x2', 'extract_lane replace_lane'),
} as const;
