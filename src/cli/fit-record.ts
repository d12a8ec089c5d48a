/** The record beside a fitted device: which data it was fitted to and how far it is from them. */
import path from 'node:path';
import { sha256Hex } from '../core/sha256.js';

/** A record as it stands in `.fit.json`. */
export interface FitRecord {
  readonly generator: 'ionloom fit';
  readonly device: string;
  readonly model: string;
  /** Name of the table without its folder. */
  readonly table: string;
  readonly sha256: string;
  readonly points: number;
  /** Of reading minus what the device makes of the reading before [S]. */
  readonly rms_S: number;
  readonly max_S: number;
}

/** Where the files of a fit lie that are not the device itself. */
export function placesBeside(ionFile: string): { readonly plot: string; readonly record: string } {
  const stem = ionFile.slice(0, ionFile.length - path.extname(ionFile).length);
  return { plot: `${stem}.svg`, record: `${stem}.fit.json` };
}

/** The text of a record. */
export function recordText(record: FitRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/** The record in `text`, or why it is none. */
export function parseRecord(text: string): FitRecord | string {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : 'it lacks fields of a record';
  } catch {
    return 'it is not JSON';
  }
}

function isRecord(value: unknown): value is FitRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Readonly<Record<string, unknown>>;
  return (
    record['generator'] === 'ionloom fit' &&
    ['device', 'model', 'table', 'sha256'].every((field) => typeof record[field] === 'string') &&
    ['points', 'rms_S', 'max_S'].every((field) => Number.isFinite(record[field]))
  );
}

/** The checksum by which a table is known again. */
export function hashTable(bytes: Uint8Array): string {
  return sha256Hex(bytes);
}
