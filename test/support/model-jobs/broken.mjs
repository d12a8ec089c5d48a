/** A job with a bug of ours. */
export function executeJob() {
  throw new TypeError('cannot count');
}
