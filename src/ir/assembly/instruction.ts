/** One instruction of the assembly language: tokens become the fields of a program word. */
import type { DiagnosticBag, ParamsOf } from '../../core/diagnostic.js';
import { STOP_FIELDS, type OpFields } from '../encode-op.js';
import type { OpFieldName } from '../legal.js';
import {
  CONDITION_CODE,
  CONTROL_BITS,
  CONTROL_CODE,
  SAMPLE_NEGATE,
  SET_BITS,
  UNIT_CODE,
  WORD_KIND,
} from '../microcode.js';
import type { WordFormat } from '../word-format.js';
import { ASSEMBLY_CATALOGUE } from './catalogue.js';
import { POLARITY_NAMES, REST_NAMES, SAMPLE_NAMES, SELECT_NAMES } from './names.js';
import type { Token } from './source-line.js';

export interface InstructionContext {
  readonly format: WordFormat<OpFieldName>;
  /** Address that the instruction gets: without a successor it is followed by the next one. */
  readonly address: number;
  readonly addressOfLabel: (label: string) => number | undefined;
  readonly diagnostics: DiagnosticBag;
}

/** Fields of the word of `tokens`; faults are reported and leave zeros. */
export function parseInstruction(tokens: readonly Token[], context: InstructionContext): OpFields {
  return new InstructionParser(tokens, context).parse();
}

/** The value of a decimal or hexadecimal number, undefined for any other text. */
export function numberOf(text: string): number | undefined {
  const value = /^(\d+|0x[0-9a-f]+)$/i.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

class InstructionParser {
  readonly #name: Token | undefined;
  readonly #operands: Token[];
  readonly #context: InstructionContext;
  readonly #fields: Record<OpFieldName, number> = { ...STOP_FIELDS };
  readonly #seen = new Set<string>();

  constructor([name, ...operands]: readonly Token[], context: InstructionContext) {
    this.#name = name;
    this.#operands = operands;
    this.#context = context;
  }

  parse(): OpFields {
    const name = this.#name;
    switch (name?.text) {
      case 'stop':
        this.#refuseRest();
        return this.#fields;
      case 'fire':
      case 'drive':
        this.#segment(name.text === 'fire');
        break;
      case 'wait':
        this.#control('wait', this.#take(CONDITION_CODE, 'a condition'));
        break;
      case 'branch': {
        const inverts = this.#operands[0]?.text === 'not';
        if (inverts) this.#operands.shift();
        this.#control('branch', this.#take(CONDITION_CODE, 'a condition') + Number(inverts) * INVERT);
        break;
      }
      case 'command':
        this.#control('command', this.#take(UNIT_CODE, 'a unit') + this.#takeNumber('argument', 8) * ARGUMENT);
        break;
      case 'set':
        this.#set();
        break;
      default:
        if (name) this.#report('unknown-instruction', { text: name.text }, name);
    }
    return this.#fields;
  }

  #segment(fires: boolean): void {
    const tiles = this.#width('tiles');
    Object.assign(this.#fields, { kind: WORD_KIND.segment, fires: Number(fires), row_level: 1, column_level: 1 });
    this.#fields.tiles = 2 ** tiles - 1;
    this.#options((name, value, token) => this.#segmentOperand(name, value, token));
  }

  #control(control: keyof typeof CONTROL_CODE, rest: number): void {
    this.#fields.kind = WORD_KIND.control;
    this.#fields.dwell = CONTROL_CODE[control] + rest * 2 ** CONTROL_BITS.condition.lsb;
    this.#options(() => false);
  }

  #set(): void {
    this.#fields.kind = WORD_KIND.set;
    const loop = this.#takeNumber('loop', SET_BITS.loop.width);
    const last = this.#takeNumber('last turn', this.#width('dwell') - SET_BITS.value.lsb);
    this.#fields.dwell = loop + last * 2 ** SET_BITS.value.lsb;
    this.#options(() => false);
  }

  /** Operands that every word has, and those that `own` knows. */
  #options(own: (name: string, value: string, token: Token) => boolean): void {
    this.#fields.next = this.#context.address + 1;
    let hasNext = false;
    for (let token = this.#operands.shift(); token; token = this.#operands.shift()) {
      if (token.text === '->') {
        hasNext = true;
        this.#next(this.#operands.shift() ?? token);
        continue;
      }
      const [name = '', value = ''] = token.text.split(/=(.*)/s, 2);
      if (this.#seen.has(name)) this.#report('operand-twice', { text: name }, token);
      this.#seen.add(name);
      if (name === 'ends') this.#ends(value, token);
      else if (!own(name, value, token)) this.#unknownOperand(token);
    }
    // A word at the end of the memory is followed by the first one.
    if (!hasNext && this.#fields.next >= 2 ** this.#width('next')) this.#fields.next = 0;
  }

  #segmentOperand(name: string, value: string, token: Token): boolean {
    switch (name) {
      case 'rows':
        this.#selection('row', value, token);
        break;
      case 'columns':
        this.#selection('column', value, token);
        break;
      case 'row-level':
      case 'column-level':
      case 'rail':
      case 'tiles':
        this.#number(NUMBERED[name], value, token);
        break;
      case 'for':
        if (value === 'entry') this.#fields.timed = 1;
        else this.#number('dwell', value, token);
        break;
      case 'entry':
        this.#fields.entry = 1 + this.#oneOf({ 0: 0, 1: 1, 2: 2 }, value, 'a loop counter, 0 to 2', token);
        break;
      case 'polarity':
        this.#fields.polarity = this.#oneOf(POLARITY_NAMES, value, 'a polarity', token);
        break;
      case 'rest':
        this.#fields.rest = this.#oneOf(REST_NAMES, value, '`last` or `always`', token);
        break;
      case 'sample':
        this.#sample(value, token);
        break;
      case 'hold':
        this.#fields.hold = 1;
        return value === '';
      default:
        return false;
    }
    return true;
  }

  #sample(value: string, token: Token): void {
    const negates = value.startsWith('-');
    const mode = this.#oneOf(SAMPLE_NAMES, negates ? value.slice(1) : value, 'a way to sample', token);
    this.#fields.samples = mode + (negates ? SAMPLE_NEGATE : 0);
  }

  #selection(side: 'row' | 'column', value: string, token: Token): void {
    const [, name = value, base] = /^(.*)\((.*)\)$/.exec(value) ?? [];
    this.#fields[side] = this.#oneOf(SELECT_NAMES, name, 'a selection of lines', token);
    if (base !== undefined) this.#number(`${side}_plane`, base, token);
  }

  #next(target: Token): void {
    const address = numberOf(target.text) ?? this.#context.addressOfLabel(target.text);
    if (address === undefined) this.#report('unknown-label', { label: target.text }, target);
    else this.#fit('next', address, target);
  }

  #ends(value: string, token: Token): void {
    const loops = value.split(',').map((loop) => this.#oneOf({ 0: 1, 1: 2, 2: 4 }, loop, 'a loop, 0 to 2', token));
    this.#fields.end = loops.reduce((mask, loop) => mask | loop, 0);
  }

  #number(field: OpFieldName, text: string, token: Token): void {
    const value = numberOf(text);
    if (value === undefined) this.#report('bad-value', { value: text, expected: 'a number' }, token);
    else this.#fit(field, value, token);
  }

  #fit(field: OpFieldName, value: number, token: Token): void {
    const bits = this.#width(field);
    // Without bits a field is what every word means.
    if (value >= 2 ** bits && !(field === 'tiles' && bits === 0 && value === 1)) {
      this.#report('does-not-fit', { what: field, value: String(value), bits }, token);
    } else this.#fields[field] = value;
  }

  /** The code of the next operand. */
  #take(codes: Readonly<Record<string, number>>, expected: string): number {
    const token = this.#operands.shift();
    if (token) return this.#oneOf(codes, token.text, expected, token);
    this.#missing(expected);
    return 0;
  }

  #takeNumber(what: string, bits: number): number {
    const token = this.#operands.shift();
    if (!token) {
      this.#missing(`the number of its ${what}`);
      return 0;
    }
    const value = numberOf(token.text);
    if (value !== undefined && value < 2 ** bits) return value;
    if (value === undefined) this.#report('bad-value', { value: token.text, expected: 'a number' }, token);
    else this.#report('does-not-fit', { what, value: token.text, bits }, token);
    return 0;
  }

  #oneOf(codes: Readonly<Record<string, number>>, text: string, expected: string, token: Token): number {
    const code = Object.hasOwn(codes, text) ? codes[text] : undefined;
    if (code === undefined) this.#report('bad-value', { value: text, expected }, token);
    return code ?? 0;
  }

  #refuseRest(): void {
    for (const token of this.#operands) this.#unknownOperand(token);
  }

  #unknownOperand(token: Token): void {
    this.#report('unknown-operand', { text: token.text, instruction: this.#name?.text ?? '' }, token);
  }

  #missing(expected: string): void {
    if (this.#name) this.#report('operand-missing', { instruction: this.#name.text, expected }, this.#name);
  }

  #width(name: OpFieldName): number {
    return this.#context.format.fields.find((field) => field.name === name)?.width ?? 0;
  }

  #report<Key extends keyof Entries & string>(key: Key, params: ParamsOf<Entries[Key]>, { span }: Token): void {
    this.#context.diagnostics.report<Entries, Key>(ASSEMBLY_CATALOGUE, key, params, { span });
  }
}

/** Operands that are plain numbers, and their fields. */
const NUMBERED = { 'row-level': 'row_level', 'column-level': 'column_level', rail: 'rail', tiles: 'tiles' } as const;

const INVERT = 2 ** (CONTROL_BITS.invert.lsb - CONTROL_BITS.condition.lsb);
const ARGUMENT = 2 ** (CONTROL_BITS.argument.lsb - CONTROL_BITS.condition.lsb);

type Entries = (typeof ASSEMBLY_CATALOGUE)['entries'];
