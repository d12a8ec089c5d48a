/** What tests of trust have tried, for the table of `npm run trust`. */
import fs from 'node:fs';

/** One thing that was tried, and how often it went wrong. */
export interface TrustRecord {
  readonly what: string;
  readonly tried: number;
  /** Name of what must not happen and how often it did. */
  readonly faults: Readonly<Record<string, number>>;
}

/** Keeps a record in the file that `IONLOOM_TRUST_RECORDS` names; nothing where nobody asks. */
export function keepRecord(record: TrustRecord): void {
  const file = process.env['IONLOOM_TRUST_RECORDS'];
  if (file !== undefined) fs.appendFileSync(file, `${JSON.stringify(record)}\n`);
}

/** How often something is tried: `usual`, or what `IONLOOM_TRUST_RUNS` says. */
export function trustRuns(usual: number): number {
  const wanted = Number(process.env['IONLOOM_TRUST_RUNS'] ?? usual);
  return Number.isSafeInteger(wanted) && wanted > 0 ? wanted : usual;
}
