/** One crossbar at many voltages of its sources: what depends on the cells alone is computed once. */
import { withSourceVolts, type Crossbar, type CrossbarSolution } from './crossbar.js';
import { BlockElimination, eliminationSize } from './block-elimination.js';
import { findCrossbarFault, findSourceFault, type CrossbarFault } from './crossbar-fault.js';
import { allowedError, DEFAULT_TOLERANCE } from './line-accuracy.js';
import { LineGradients, MAX_STEPS, type SourceVolts } from './line-gradients.js';
import { linearSolution, sourceVolts } from './solve-crossbar.js';

/** Numbers that the factors of a direct elimination may take: 256 MB. */
const MAX_FACTORS = 2 ** 25;

/**
 * Margin of a network below which direct elimination is the faster way: conjugate gradients need more steps the more
 * of the voltage is lost on the wires. Measured, see docs/ir-drop.md: with three to five solves the factors pay there.
 */
const DIRECT_MARGIN = 1e-3;

/** A factored crossbar. */
export interface CrossbarFactors {
  readonly kind: 'factors';
  /** Whether elimination finds voltages, which one sweep then proves; otherwise conjugate gradients do. */
  readonly isDirect: boolean;
  /** Solution for these voltages of the sources; their conductances stay those of the crossbar. */
  readonly solve: (volts: SourceVolts) => CrossbarSolution | CrossbarFault;
}

/** Factors the network of a crossbar with cells of these conductances [S], rows x columns. */
export function factorCrossbar(crossbar: Crossbar, siemens: Float64Array): CrossbarFactors | CrossbarFault {
  const fault = findCrossbarFault(crossbar, siemens);
  if (fault) return fault;
  const gradients = new LineGradients(crossbar);
  gradients.factor({ siemens });
  const isDirect = gradients.margin < DIRECT_MARGIN && eliminationSize(crossbar) <= MAX_FACTORS;
  const elimination = isDirect ? new BlockElimination(crossbar, siemens) : undefined;
  const allowed = allowedError(crossbar, { siemens }, DEFAULT_TOLERANCE);
  return {
    kind: 'factors',
    isDirect,
    solve: (given) => {
      const driven = withSourceVolts(crossbar, given);
      const sourceFault = findSourceFault(driven);
      if (sourceFault) return sourceFault;
      const volts = sourceVolts(driven);
      elimination?.solve(volts, gradients.rowVolts, gradients.columnVolts);
      const iterations = gradients.solve(volts, allowed);
      if (iterations === undefined) return { kind: 'not-converged', iterations: MAX_STEPS };
      const { rowVolts, columnVolts } = gradients;
      const voltages = { rowVolts: rowVolts.slice(), columnVolts: columnVolts.slice() };
      return linearSolution({ crossbar, siemens, volts }, voltages, iterations);
    },
  };
}
