/** The digital controller's share: clock, logic and leakage. */
import { unreachable } from '../../core/invariant.js';
import type { EnergyComponent } from '../../ir/energy-estimate.js';
import type { MappedArray } from '../../ir/mapped.js';
import type { Activity } from '../../ir/results.js';
import { formatCount, formatQuantity } from '../../units/format-quantity.js';
import { pricedComponent, type UncertainQuantity } from './component.js';
import {
  CELL_SPREAD,
  CELLS_PROVENANCE,
  controllerSize,
  GATE_TOGGLES_PER_CLOCK,
  TOGGLES_PER_CLOCK,
  totalGates,
} from './controller-cells.js';
import type { Gated, Technology } from './technology.js';
import { BUSY_CLOCKS_PER_STEP } from './terms.js';

const GROUP = 'controller';

/** Counts that the controller is priced by. */
export type ControllerActivity = Pick<Activity, 'clocks' | 'segments' | 'scanSteps' | 'seconds'>;

/** Components of the controller; a free-running clock counts every clock, a gated one only the busy ones. */
export function controllerComponents(
  activity: ControllerActivity,
  { rows, columns }: Pick<MappedArray, 'rows' | 'columns'>,
  { digital }: Technology,
): readonly EnergyComponent[] {
  const { clocks, seconds } = activity;
  switch (digital.kind) {
    case 'free-running':
      return [
        pricedComponent(
          { name: 'controller, clocked', group: GROUP, count: clocks, basis: 'every clock, memories included' },
          clocks,
          digital.perClock,
        ),
        pricedComponent(
          { name: 'controller, static', group: GROUP, count: 1, basis: `over ${formatQuantity(seconds, 's')}` },
          seconds,
          digital.static,
        ),
      ];
    case 'gated':
      return gatedComponents(activity, rows + columns, digital);
    default:
      return unreachable(digital);
  }
}

/** Clocks in which a gated controller works: all that time warp cannot skip, and never more than there were. */
export function busyClocks({ clocks, segments, scanSteps }: ControllerActivity): number {
  return Math.min(clocks, BUSY_CLOCKS_PER_STEP * (segments + scanSteps));
}

function gatedComponents(activity: ControllerActivity, lines: number, digital: Gated): readonly EnergyComponent[] {
  const size = controllerSize(lines);
  const clocks = busyClocks(activity);
  const gates = totalGates(size);
  const toggles = (at: 'low' | 'typical' | 'high'): number =>
    clocks * (TOGGLES_PER_CLOCK[at] + GATE_TOGGLES_PER_CLOCK[at]);
  const measured = `cells and toggles: ${CELLS_PROVENANCE.source}`;
  const parts = [
    {
      name: 'controller, clocked',
      count: clocks,
      basis: `${formatCount(size.flipFlops)} flip-flops in clocks that are not quiet, ${BUSY_CLOCKS_PER_STEP} per segment and converter step at most; ${measured}`,
      quantity: spread(clocks * size.flipFlops),
      term: digital.perFlipFlopEdge,
    },
    {
      name: 'controller, logic',
      count: clocks,
      basis: `${TOGGLES_PER_CLOCK.typical} flip-flops and ${GATE_TOGGLES_PER_CLOCK.typical} gate equivalents toggle in a clock, without glitches; ${measured}`,
      quantity: { low: toggles('low'), typical: toggles('typical'), high: toggles('high') },
      term: digital.perGateToggle,
    },
    {
      name: 'controller, static',
      count: 1,
      basis: `${formatCount(gates)} gate equivalents over ${formatQuantity(activity.seconds, 's')}`,
      quantity: spread(gates * activity.seconds),
      term: digital.staticPerGate,
    },
  ];
  return parts.map(({ quantity, term, ...label }) => pricedComponent({ ...label, group: GROUP }, quantity, term));
}

/** What follows from a number of cells. */
function spread(quantity: number): UncertainQuantity {
  return { low: quantity * CELL_SPREAD.low, typical: quantity, high: quantity * CELL_SPREAD.high };
}
