/** A job whose outcome is none. */
export function executeJob() {
  return { clocks: 'many' };
}
