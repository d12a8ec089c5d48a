/** What sets the times of a corpus program, in words beside its timing diagram. */
import type { ControllerEvent } from '../../src/ir/events.js';
import { forEachSegment } from '../../src/ir/operation-facts.js';
import { conversionOf, scanClocks } from '../../src/ir/scan-clocks.js';
import type { PulseProgram, SegmentOperation } from '../../src/ir/scheduled.js';

/** One line of the numbers that `program` was made with, all in clocks. */
export function parametersOf(program: PulseProgram): string {
  const segments: SegmentOperation[] = [];
  forEachSegment(program.operations, (segment) => segments.push(segment));
  const parts = [
    dwellText(segments, program),
    ...(segments.some(({ rest }) => rest !== 'never') ? [`rest ${String(program.restClocks)}`] : []),
    ...scanTexts(segments, program),
    ...blockTexts(program),
  ];
  return `Clocks: ${parts.join('; ')}.`;
}

/** What the rail sets of `events` are, by their codes. */
export function railNames(events: readonly ControllerEvent[], names: readonly string[]): string {
  const used = new Set(events.flatMap((event) => (event.kind === 'segment' ? [event.railSet] : [])));
  const texts = [...used].sort((one, other) => one - other).map((code) => `${String(code)} ${names[code] ?? '?'}`);
  return `Rail sets: ${listOf(texts)}.`;
}

function dwellText(segments: readonly SegmentOperation[], { dataSets, tickExponent }: PulseProgram): string {
  const fixed = segments.flatMap(({ dwell }) => (dwell.kind === 'clocks' ? [dwell.clocks] : []));
  const texts = [...new Set(fixed)].sort((a, b) => a - b).map(String);
  if (segments.some(({ dwell }) => dwell.kind === 'entry')) {
    const listed = (dataSets[0]?.entries ?? []).map(({ magnitude }) => magnitude * 2 ** tickExponent);
    texts.push(`${range(listed)} from the work list`);
  }
  return `dwell ${listOf(texts)}`;
}

/** Each way of sampling of the segments, by what it lasts. */
function scanTexts(segments: readonly SegmentOperation[], { scan }: PulseProgram): readonly string[] {
  const conversions = segments.flatMap(({ samples }) =>
    samples === 'never' ? [] : [conversionOf(scan, samples.mode)],
  );
  return [...new Set(conversions)].map((conversion) => {
    const count = conversion === 'code' ? 2 ** (scan.oversampling ?? 0) : 1;
    const code = `strobe 1 + conversion ${String(scan.conversionClocks)} + answer 1`;
    const codes = count === 1 ? code : `${String(count)} x (${code}) + mean 1`;
    const clocks = String(scanClocks(scan, conversion));
    return `scan ${clocks}, for each of ${String(scan.shares)} columns settle ${String(scan.settleClocks)} + ${codes}`;
  });
}

function blockTexts({ blocks: { spikes, field, serial } }: PulseProgram): readonly string[] {
  return [
    ...(spikes ? [`tick ${String(spikes.tickClocks)}`] : []),
    ...(field
      ? [`coil ${String(field.periodClocks)} a step of its code, ${String(field.settleClocks)} in the window`]
      : []),
    ...(serial ? [`boards ${String(serial.divider)} a bit, ${String(serial.pins)} bits side by side`] : []),
  ];
}

function range(numbers: readonly number[]): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? String(least) : `${String(least)} to ${String(most)}`;
}

function listOf(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`;
}
