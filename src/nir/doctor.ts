/** Keeps the list of repairs, tells each, and refuses those that are not wanted. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import { NIR_CATALOGUE } from './catalogue.js';
import { REPAIR_CODES, type Repair, type RepairName } from './repairs.js';

export class Doctor {
  /** Name of the file for messages. */
  readonly file: string;
  readonly diagnostics: DiagnosticBag;
  readonly #refused: ReadonlySet<RepairName>;
  readonly #repairs: Repair[] = [];

  constructor(file: string, refused: ReadonlySet<RepairName>, diagnostics: DiagnosticBag) {
    this.file = file;
    this.#refused = refused;
    this.diagnostics = diagnostics;
  }

  /** Repairs made so far, in their order. */
  get repairs(): readonly Repair[] {
    return this.#repairs;
  }

  /**
   * Tells of a repair that the caller makes. One that is refused is an error, and is made all the same, so that the
   * rest of the file is looked at; nothing is written after an error.
   */
  tell(repair: RepairName, node: string, text: string): void {
    const { file } = this;
    if (this.#refused.has(repair)) {
      this.diagnostics.report(NIR_CATALOGUE, 'refused-repair', { file, node, repair, text });
      return;
    }
    this.#repairs.push({ repair, node, text });
    this.diagnostics.report(NIR_CATALOGUE, REPAIR_CODES[repair], { file, node, text });
  }

  malformed(node: string, reason: string): void {
    this.diagnostics.report(NIR_CATALOGUE, 'malformed-node', { file: this.file, node, reason });
  }

  unsayable(node: string, type: string, reason: string): void {
    this.diagnostics.report(NIR_CATALOGUE, 'unsayable', { file: this.file, node, type, reason });
  }
}
