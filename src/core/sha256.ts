/** SHA-256 of what is at hand as a whole. Browsers have it as a promise only, and passes are functions. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export { sha256 };

/** The digest of `bytes` as 64 hexadecimal digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
