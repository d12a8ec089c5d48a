/** What lines, rails, converters and controllers of a network take, from the counts of its pulse programs. */
import type { EnergyComponent, TimeShare } from '../../ir/energy-estimate.js';
import type { ProgramActivity, ProgramCounts } from '../../ir/study-result.js';
import { formatQuantity } from '../../units/format-quantity.js';
import { controllerComponents } from './controller-energy.js';
import { idleConverterComponent } from './conversion-energy.js';
import { driverComponents } from './line-energy.js';
import { memoryComponents, planeWordsOf } from './memory-energy.js';
import type { Technology } from './terms.js';

/**
 * Components of all `programs`; where there are several, each names its projection. What is powered is so for the whole
 * experiment of `seconds`, between programs too.
 */
export function programComponents(
  programs: readonly ProgramActivity[],
  seconds: number,
  technology: Technology,
): readonly EnergyComponent[] {
  return programs.flatMap(({ projection, array, counts: counted, basis }) => {
    const powered = Math.max(seconds, counted.seconds);
    const counts = { ...counted, seconds: powered, clocks: Math.max(counted.clocks, powered * array.clockHz) };
    const components = [
      ...driverComponents(counts, array, technology),
      idleConverterComponent(array.converters.count, counts.seconds, technology),
      ...controllerComponents(counts, array, technology),
      ...memoryComponents({ ...counts, events: counts.addressEvents, planeWords: wordsOf(counts, array) }, technology),
    ];
    return components.map((component) => ({
      ...component,
      name: programs.length > 1 ? `${component.name}, ${projection}` : component.name,
      basis: `${component.basis}; ${basis}`,
    }));
  });
}

function wordsOf({ planeReads }: ProgramCounts, { rows, columns }: ProgramActivity['array']): number {
  return planeReads.row * planeWordsOf(rows) + planeReads.column * planeWordsOf(columns);
}

/** How long each controller is at work. */
export function programTimes(programs: readonly ProgramActivity[]): readonly TimeShare[] {
  return programs.map(({ projection, array, counts, basis }) => ({
    name: `controller of ${projection}`,
    group: 'controller',
    count: counts.clocks,
    seconds: counts.seconds,
    basis: `clocks of ${formatQuantity(array.clockHz, 'Hz')}; ${basis}`,
  }));
}
