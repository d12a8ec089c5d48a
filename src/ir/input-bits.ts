/** Bits of an input where nothing says how many: a vector is read plane by plane of them. */
export const INPUT_BITS = 8;
