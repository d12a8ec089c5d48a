/** Clauses on one line each: a head, and the origin of its number, which the layout aligns. */
import { unreachable } from '../../core/invariant.js';
import type {
  AdcPart,
  ChipClause,
  DeviceClause,
  ExperimentClause,
  ImageNode,
  ProgramClause,
  ProvenanceNode,
  RunClause,
  SpreadClause,
  TileClause,
  TilePart,
  UseDeviceClause,
  WindowClause,
} from '../ast.js';
import { printExpression, printRange, printText } from './print-expression.js';

/** Columns that a line may fill before a list in it is broken. */
const LINE_WIDTH = 100;

/** Clauses without a block of their own. */
export type LineClause = DeviceClause | Exclude<ChipClause, TileClause> | TilePart | ProgramClause | ExperimentClause;

/** Text of a clause without its provenance and comments; broken lists have further lines. */
export function printHead(clause: LineClause): string {
  switch (clause.kind) {
    case 'pulse':
      return `pulse ${printExpression(clause.voltage)} for ${printExpression(clause.width)}`;
    case 'read':
      return `read ${printExpression(clause.voltage)}`;
    case 'window':
      return printWindow(clause);
    case 'default-window':
      return `default window ${clause.window.name}`;
    case 'parameter':
      return `param ${clause.name.name} = ${printExpression(clause.value)}`;
    case 'spread':
      return printSpread(clause);
    case 'let':
      return `let ${clause.name.name} = ${printExpression(clause.value)}`;
    case 'state':
      return `state ${clause.name.name} : ${clause.unit.symbol} in ${printRange(clause.range)} = ${printExpression(clause.initial)}`;
    case 'evolve':
      return `evolve ${clause.state.name} = ${printExpression(clause.rate)}`;
    case 'current':
    case 'energy':
      return `${clause.kind} = ${printExpression(clause.value)}`;
    case 'maximum':
      return `maximum ${clause.quantity.name} ${printExpression(clause.value)}`;
    default:
      return printChipHead(clause);
  }
}

function printChipHead(clause: Exclude<LineClause, DeviceClause>): string {
  switch (clause.kind) {
    case 'clock':
      return `clock ${printExpression(clause.frequency)}`;
    case 'bus':
      return `bus ${clause.protocol.name}`;
    case 'bias':
      return `bias ${clause.scheme.name}`;
    case 'rails':
      return `rails ${printRange(clause.range)} by ${printExpression(clause.bits)} bit`;
    case 'timer':
      return `timer ${printExpression(clause.bits)} bit`;
    case 'settle':
      return `settle ${printExpression(clause.duration)}`;
    case 'adc':
      return printAdc(clause);
    case 'lines':
      return `lines ${printExpression(clause.capacitance)}`;
    default:
      return printRunHead(clause);
  }
}

function printRunHead(clause: ProgramClause | ExperimentClause): string {
  switch (clause.kind) {
    case 'use-device':
      return printUseDevice(clause);
    case 'from':
      return printFrom('from', clause.images);
    case 'write':
      return `write ${clause.order.name}`;
    case 'read-back':
      return 'read after each';
    case 'disturb':
      return `disturb at most ${printExpression(clause.budget)}`;
    case 'run':
      return printRun(clause);
    case 'seeds':
      return `seeds ${printExpression(clause.count)} from ${printExpression(clause.first)}`;
    case 'without':
      return `without ${clause.spreads.map(({ name }) => name).join(', ')}`;
    case 'calibrate':
      return `calibrate ${clause.spread.name} with ${printExpression(clause.pulses)} pulses`;
    case 'expect':
      return `expect ${printExpression(clause.left)} ${clause.operator} ${printExpression(clause.right)}`;
    default:
      return unreachable(clause);
  }
}

/** `source … confidence …`; empty where a clause has none. */
export function printProvenance(clause: LineClause): string {
  const provenance: ProvenanceNode | undefined = 'provenance' in clause ? clause.provenance : undefined;
  return provenance ? `source ${printText(provenance.source)} confidence ${provenance.confidence.name}` : '';
}

function printWindow({ name, range, step }: WindowClause): string {
  return `window ${name.name} = ${printRange(range)}` + (step ? ` step ${printExpression(step)}` : '');
}

function printSpread({ name, mean, deviation, per }: SpreadClause): string {
  return `spread ${name.name} ~ normal(${printExpression(mean)}, ${printExpression(deviation)}) per ${per}`;
}

function printAdc({ bits, range, conversion, settle, sharedBy }: AdcPart): string {
  return [
    `adc ${printExpression(bits)} bit ${printRange(range)}`,
    `in ${printExpression(conversion)} settle ${printExpression(settle)} shared by ${printExpression(sharedBy)}`,
  ].join(' ');
}

function printUseDevice({ device, window }: UseDeviceClause): string {
  const choice = window.kind === 'single' ? printExpression(window.value) : printRange(window);
  return `device ${device.name} window ${choice}`;
}

function printRun({ program, chip, images }: RunClause): string {
  const head = `run ${program.name} on ${chip.name}`;
  return images.length === 0 ? head : printFrom(`${head} from`, images);
}

/** The list of images on one line, or one image a line where they do not fit. */
function printFrom(head: string, images: readonly ImageNode[]): string {
  const texts = images.map(printImage);
  const line = `${head} ${texts.join(', ')}`;
  return line.length <= LINE_WIDTH ? line : `${head} ${texts.join(',\n  ')}`;
}

function printImage({ file, index, unit }: ImageNode): string {
  return [
    file.kind === 'text' ? printText(file) : file.name,
    ...(index ? [`at ${printExpression(index)}`] : []),
    ...(unit ? [`in ${unit.symbol}`] : []),
  ].join(' ');
}
