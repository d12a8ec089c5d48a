/** An update in JavaScript: generated text with the programs of the device, the same bits as update-code.ts. */
import { LANE_RUNTIME, laneStatements, type SelectText } from '../../numerics/lanes/lane-javascript.js';
import { createLaneNormals, type LaneNormals } from '../../numerics/lanes/lane-normals.js';
import type { PhiloxKey } from '../../numerics/philox.js';
import { IS_UP, streamName, WEIGHT } from './cell-law.js';
import { COUNT, NOISE } from './collapse.js';
import type { UpdatePrograms } from './update-code.js';
import { BLOCK, HEADER, type UpdateLayout } from './update-layout.js';

/** Works on rows `first` to `last` - 1; counts come from the trains, or from the counts of all cells. */
export type UpdateRows = (first: number, last: number, fromCounts: boolean) => void;

/** What the generated text is a function of. */
interface Runtime {
  readonly memory: ArrayBufferLike;
  readonly normals: LaneNormals;
}

/** An update of the array that `memory` holds. */
export function compileUpdate(
  programs: UpdatePrograms,
  layout: UpdateLayout,
  { memory, key }: { readonly memory: ArrayBufferLike; readonly key: PhiloxKey },
): UpdateRows {
  const runtime: Runtime = { memory, normals: createLaneNormals(key) };
  const names = [...Object.keys(runtime), ...Object.keys(LANE_RUNTIME)];
  // A function of these values is what the constructor makes.
  const make = new Function(...names, `'use strict';\n${updateText(programs, layout)}`) as (
    ...values: readonly unknown[]
  ) => UpdateRows;
  return make(...Object.values(runtime), ...Object.values(LANE_RUNTIME));
}

function updateText({ train, single }: UpdatePrograms, layout: UpdateLayout): string {
  const { stride, streams } = layout;
  const inputs = new Map([
    [WEIGHT, 'weight'],
    [COUNT, 'count'],
    [IS_UP, 'isUp'],
    [NOISE, 'noise'],
    ...streams.map((_, index) => [streamName(index), `${streamName(index)}[cell]`] as const),
  ]);
  const inputText = (name: string): string => inputs.get(name) ?? 'NaN';
  const choice = polaritySelection(layout);
  const trainText = laneStatements(train, inputText, choice);
  const singleText = laneStatements(single, inputText, choice);
  const [next = '', isSlow = ''] = trainText.outputs;
  return [
    ...arrayLines(layout),
    'const variates = normals.block;',
    ...pulseByPulseLines(singleText),
    ...countBlockLines(),
    'return function updateRows(first, last, fromCounts) {',
    `  normals.setEvent(header[${String(HEADER.event / 4)}], header[${String(HEADER.tag / 4)}]);`,
    '  for (let row = first; row < last; row++) {',
    '    if (!fromCounts && rowBits[row] === 0) continue;',
    `    for (let start = 0; start < ${String(stride)}; start += ${String(BLOCK)}) {`,
    `      const at = row * ${String(stride)} + start;`,
    '      if (!countBlock(row, start, at, fromCounts)) continue;',
    `      normals.drawBlock(row, start / ${String(BLOCK)});`,
    `      for (let lane = 0; lane < ${String(BLOCK)}; lane++) {`,
    '        const signed = signedCounts[lane];',
    '        if (signed === 0) continue;',
    '        const isUp = signed > 0;',
    '        const up = (signed >> 31) + 1;',
    '        const count = Math.abs(signed);',
    '        const cell = at + lane;',
    '        const weight = weights[cell];',
    '        const noise = variates[lane];',
    ...trainText.lines.map((line) => `        ${line}`),
    `        if (${isSlow}) pulseByPulse(cell, row, start + lane, signed);`,
    `        else weights[cell] = ${next};`,
    '      }',
    '    }',
    '  }',
    '};',
  ].join('\n');
}

/** Views of the memory. */
function arrayLines(layout: UpdateLayout): readonly string[] {
  const { rows, stride, streams } = layout;
  const cells = rows * stride;
  const view = (kind: string, name: string, address: number, length: number): string =>
    `const ${name} = new ${kind}(memory, ${String(address)}, ${String(length)});`;
  const [first = 0, last = first] = [streams[0], streams.at(-1)];
  return [
    view('Uint32Array', 'header', layout.header, 2),
    view('Int32Array', 'rowBits', layout.rowBits, rows),
    view('Int32Array', 'rowSigns', layout.rowSigns, rows),
    view('Int32Array', 'columnBits', layout.columnBits, stride),
    view('Int32Array', 'columnSigns', layout.columnSigns, stride),
    view('Int16Array', 'counts', layout.counts, cells),
    view('Float32Array', 'weights', layout.weights, cells),
    ...streams.map((address, index) => view('Float32Array', streamName(index), address, cells)),
    view('Float32Array', 'allStreams', first, streams.length === 0 ? 0 : (last - first) / 4 + cells),
    `const signedCounts = new Int32Array(${String(BLOCK)});`,
  ];
}

/**
 * The polarities of neighbors are random, and a mispredicted branch costs as much as all of the arithmetic: streams of
 * both polarities are one array that `up` (0 or 1) chooses from.
 */
function polaritySelection({ streams }: UpdateLayout): SelectText {
  const firsts = new Map(streams.map((address, index) => [streamName(index), address / 4]));
  const [start = 0] = firsts.values();
  return (mask, whenTrue, whenFalse) => {
    if (mask.kind !== 'input' || mask.name !== IS_UP) return undefined;
    if (whenTrue.kind === 'constant' && whenFalse.kind === 'constant') {
      return `fround(up * ${String(whenTrue.value)} + (1 - up) * ${String(whenFalse.value)})`;
    }
    if (whenTrue.kind !== 'input' || whenFalse.kind !== 'input') return undefined;
    const [yes, no] = [firsts.get(whenTrue.name), firsts.get(whenFalse.name)];
    if (yes === undefined || no === undefined) return undefined;
    return `allStreams[cell + ${String(no - start)} + up * ${String(yes - no)}]`;
  };
}

interface ProgramText {
  readonly lines: readonly string[];
  readonly outputs: readonly string[];
}

function pulseByPulseLines({ lines, outputs }: ProgramText): readonly string[] {
  return [
    'function pulseByPulse(cell, row, column, signed) {',
    '  const isUp = signed > 0;',
    '  const up = (signed >> 31) + 1;',
    '  const count = Math.abs(signed);',
    '  let weight = weights[cell];',
    '  for (let pulse = 0; pulse < count; pulse++) {',
    '    if ((pulse & 7) === 0) normals.drawPulses(row, column, pulse >> 3);',
    '    const noise = normals.pulses[pulse & 7];',
    ...lines.map((line) => `    ${line}`),
    `    weight = ${outputs[0] ?? ''};`,
    '  }',
    '  weights[cell] = weight;',
    '}',
  ];
}

/** Signed counts of a block; whether any is not 0. */
function countBlockLines(): readonly string[] {
  return [
    'function countBlock(row, start, at, fromCounts) {',
    '  let any = 0;',
    `  for (let lane = 0; lane < ${String(BLOCK)}; lane++) {`,
    '    let count = 0;',
    '    if (fromCounts) count = counts[at + lane];',
    '    else {',
    '      let bits = rowBits[row] & columnBits[start + lane];',
    '      bits -= (bits >>> 1) & 0x55555555;',
    '      bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);',
    '      bits = (bits + (bits >>> 4)) & 0x0f0f0f0f;',
    '      const negative = rowSigns[row] ^ columnSigns[start + lane];',
    '      count = ((Math.imul(bits, 0x01010101) >>> 24) ^ negative) - negative;',
    '    }',
    '    signedCounts[lane] = count;',
    '    any |= count;',
    '  }',
    '  return any !== 0;',
    '}',
  ];
}
