/** What the compiler uses of `node:buffer`: bytes stay what they are. */
export const Buffer = { from: (bytes: Uint8Array): Uint8Array => bytes };
