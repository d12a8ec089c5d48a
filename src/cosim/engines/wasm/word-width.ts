/** Arithmetic on the widths of words. */

/** All bits of a width set. */
export function ones(width: number): bigint {
  return (1n << BigInt(width)) - 1n;
}

/** Bits of the WebAssembly type that carries a value of this width. */
export function carrierBits(width: number): 32 | 64 {
  return width <= 32 ? 32 : 64;
}
