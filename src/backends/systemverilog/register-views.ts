/** Views of the register map for other languages: SystemRDL, C and TypeScript. All numbers come from one model. */
import { unreachable } from '../../core/invariant.js';
import { busWords } from '../../ir/controller-sizes.js';
import { ERROR_CODES, type ErrorCode } from '../../ir/error-codes.js';
import type { LegalModule, MemoryWindow, Register, RegisterField } from '../../ir/legal.js';
import type { WordFormat } from '../../ir/word-format.js';
import { ARM_KEYS } from '../../ir/register-map.js';
import { sourceName } from './comment-text.js';

interface WindowView {
  readonly name: string;
  readonly macro: string;
  readonly address: string;
  readonly depth: number;
  readonly width: number;
  readonly lanes: number;
  /** Bytes from word to word. */
  readonly stride: number;
  readonly busWords: number;
  readonly access: 'r' | 'rw';
  readonly window: MemoryWindow;
}

/** What a host tells the controller of a data set, and expects of it. */
interface DataSetView {
  readonly macro: string;
  readonly start: number;
  readonly entries: number;
  readonly resultSteps: number;
}

interface WordFieldView {
  readonly name: string;
  readonly macro: string;
  readonly lsb: number;
  readonly width: number;
}

export interface RegistersRdlView {
  readonly source: string;
  readonly top: string;
  readonly registers: readonly {
    readonly name: string;
    readonly address: string;
    readonly quoted: string;
    readonly isLocked: boolean;
    readonly lockedWhile: string;
    readonly fields: readonly {
      readonly name: string;
      readonly quoted: string;
      readonly properties: string;
      readonly msb: number;
      readonly lsb: number;
      /** ` = 4'h3`, or nothing. */
      readonly resetClause: string;
    }[];
  }[];
  readonly windows: readonly WindowView[];
}

export interface RegistersCodeView {
  readonly source: string;
  readonly top: string;
  readonly prefix: string;
  readonly guard: string;
  readonly specHash: string;
  readonly registers: readonly {
    readonly name: string;
    readonly macro: string;
    readonly access: string;
    readonly summary: string;
    readonly address: string;
    /** Whether it has a value after reset that programs may rely on. */
    readonly hasReset: boolean;
    readonly reset: string;
    readonly fields: readonly {
      readonly name: string;
      readonly macro: string;
      readonly lsb: number;
      readonly width: number;
      readonly mask: string;
      readonly reset: string;
    }[];
  }[];
  readonly windows: readonly WindowView[];
  readonly start: number;
  readonly startWithoutWork: number;
  readonly dataSetCount: number;
  readonly dataSets: readonly DataSetView[];
  readonly programFields: readonly WordFieldView[];
  readonly entryFields: readonly WordFieldView[];
  readonly armKeys: readonly { readonly macro: string; readonly word: string }[];
  readonly errors: readonly (ErrorCode & { readonly macro: string })[];
}

/** SystemRDL of `module`. */
export function registersRdlView(module: LegalModule): RegistersRdlView {
  return {
    source: sourceName(module.source),
    top: module.name,
    registers: module.registers.map((register) => ({
      name: register.name,
      address: hexadecimal(register.offset, 3),
      quoted: quoted(register.summary),
      isLocked: register.lockedWhile !== undefined,
      lockedWhile: register.lockedWhile ?? '',
      fields: register.fields.map((field) => ({
        name: field.name,
        quoted: quoted(field.summary),
        properties: rdlProperties(register),
        msb: field.lsb + field.width - 1,
        lsb: field.lsb,
        resetClause: isKept(register) ? ` = ${String(field.width)}'h${field.reset.toString(16)}` : '',
      })),
    })),
    windows: windowViews(module),
  };
}

/** Who reads and writes a field, in properties of SystemRDL. */
function rdlProperties({ access, from }: Register): string {
  switch (access) {
    case 'ro':
      return from === 'constant' ? 'sw = r; hw = na;' : 'sw = r; hw = w;';
    case 'rw':
      return from === 'hardware' ? 'sw = rw; hw = rw;' : 'sw = rw; hw = r;';
    case 'wo':
      return 'sw = w; hw = r;';
    case 'rw1c':
      return 'sw = rw; onwrite = woclr; hw = rw;';
    default:
      return unreachable(access);
  }
}

/** Whether reset gives it a value: what only the hardware moves has none of its own, a command keeps nothing. */
export function isKept({ access, from }: Register): boolean {
  return access === 'rw' || access === 'rw1c' || from === 'constant';
}

/** Registers of `module` for programs. */
export function registersCodeView(module: LegalModule): RegistersCodeView {
  const prefix = module.name.toUpperCase();
  return {
    source: sourceName(module.source),
    top: module.name,
    prefix,
    guard: `${prefix}_REGISTERS_H`,
    specHash: hexadecimal(module.specHash, 8),
    registers: module.registers.map((register) => codeRegister(prefix, register)),
    windows: windowViews(module),
    start: module.program.entry,
    startWithoutWork: module.program.entryWithoutWork,
    dataSetCount: module.dataSets.length,
    dataSets: module.dataSets.map(({ entry, entries, resultSteps }, index) => ({
      macro: `${prefix}_DATA_${String(index)}`,
      start: entry,
      entries: entries.length,
      resultSteps,
    })),
    programFields: wordFields(`${prefix}_WORD`, module.opFormat),
    entryFields: wordFields(`${prefix}_ENTRY`, module.entryFormat),
    armKeys: ARM_KEYS.map((key, index) => ({
      macro: `${prefix}_ARM_KEY_${String(index + 1)}`,
      word: hexadecimal(key, 8),
    })),
    errors: ERROR_CODES.map((error) => ({ ...error, macro: `${prefix}_ERROR_${error.name.toUpperCase()}` })),
  };
}

function wordFields(prefix: string, { fields }: WordFormat<string>): readonly WordFieldView[] {
  return fields.map(({ name, lsb, width }) => ({ name, macro: `${prefix}_${name.toUpperCase()}`, lsb, width }));
}

function codeRegister(prefix: string, register: Register): RegistersCodeView['registers'][number] {
  const { name, access, summary, offset, fields } = register;
  const macro = `${prefix}_${name.toUpperCase()}`;
  return {
    name,
    macro,
    access,
    summary,
    address: hexadecimal(offset, 3),
    hasReset: isKept(register),
    reset: hexadecimal(resetOf(fields), 1),
    fields: fields.map((field) => ({
      name: field.name,
      macro: isWhole(fields) ? macro : `${macro}_${field.name.toUpperCase()}`,
      lsb: field.lsb,
      width: field.width,
      mask: hexadecimal(maskOf(field), 1),
      reset: hexadecimal(field.reset, 1),
    })),
  };
}

/** A register that is one number needs no name for its field. */
function isWhole(fields: readonly RegisterField[]): boolean {
  return fields.length === 1 && fields[0]?.name === 'value';
}

function resetOf(fields: readonly RegisterField[]): number {
  return fields.reduce((word, { lsb, reset }) => word + reset * 2 ** lsb, 0);
}

function maskOf({ lsb, width }: RegisterField): number {
  return (2 ** width - 1) * 2 ** lsb;
}

/** Memories that `module` has. */
export function windowViews(module: LegalModule): readonly WindowView[] {
  return Object.entries<MemoryWindow>({ ...module.windows })
    .filter(([, window]) => window.depth > 0)
    .map(([name, window]) => ({
      name: snakeCase(name),
      macro: `${module.name}_${snakeCase(name)}`.toUpperCase(),
      address: hexadecimal(window.base, 5),
      depth: window.depth,
      width: window.width,
      lanes: window.lanes,
      stride: 4 * window.laneStride,
      busWords: busWords(window),
      access: name === 'result' ? 'r' : 'rw',
      window,
    }));
}

/** `rowPlane` becomes `row_plane`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function hexadecimal(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** Text between the quotation marks of SystemRDL. */
function quoted(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}
