/** An `experiment` on a network: what happens, what is recorded, what must hold. */
import type { Baseline, Recording, Study } from '../../../ir/study.js';
import { siSymbol } from '../../../units/describe-dimension.js';
import { unitScale } from '../../../units/unit.js';
import { DSL_CATALOGUE } from '../../catalogue.js';
import { clausesOf, ClauseFinder, reportDuplicates, type Owner } from '../../check/check-clauses.js';
import { checkSigned, constantOf } from '../../check/check-constant.js';
import { checkExpression } from '../../check/check-expression.js';
import { checkUnit } from '../../check/check-unit.js';
import { checkProvenance } from '../../check/check-provenance.js';
import { DIMENSION } from '../../check/dimensions.js';
import type {
  BaselineClause,
  ExperimentClause,
  ExperimentItem,
  PhaseStep,
  RecordClause,
  RunClause,
} from '../../syntax/experiment.js';
import { requireQuantity } from '../../check/require.js';
import type { LoweringContext } from '../lowering-context.js';
import { lowerSeeds, lowerWithout } from '../lower-seeds.js';
import { lowerStudyExpectation, lowerStudyInvariant, type KnownBaseline } from './conditions.js';
import { lowerSteps } from './lower-schedule.js';
import { lowerSet, lowerSweep } from './lower-sweeps.js';
import { findSignal } from './signals.js';
import { studiedNetwork, type StudyContext } from './studied-network.js';

/** Clauses that make the schedule. */
const STEP_KINDS = ['stimulate', 'pair', 'train', 'test', 'modulate', 'program-weights', 'wait', 'phase'] as const;

/** The experiment; undefined after reporting. `run` is its clause. */
export function lowerStudy(item: ExperimentItem, run: RunClause, context: LoweringContext): Study | undefined {
  const { diagnostics } = context;
  const owner: Owner = { description: `experiment \`${item.name.name}\``, name: item.name };
  const { clauses } = item.body;
  const finder = new ClauseFinder<ExperimentClause>(owner, clauses, diagnostics);
  refuseProgramClauses(clauses, run, context);
  const seeds = lowerSeeds(finder.optional('seeds', 'seeds'), context);
  const declaration = context.declarationOf(run.program, 'network');
  const lowered = context.find(run.program, 'network');
  const chip = context.find(run.chip, 'chip');
  if (!declaration || !lowered || !chip) return undefined;
  const network = studiedNetwork(lowered, declaration, context);
  const steps = clauses.filter(isStep);
  const study: StudyContext = { ...context, network, chip, phases: phasesOf(steps) };
  for (const kind of ['set', 'sweep'] as const) {
    const parameters = clausesOf(clauses, kind).map(({ parameter }) => parameter);
    reportDuplicates(parameters, diagnostics);
  }
  if (steps.length === 0) finder.reportMissing('stimulate`, `pair`, `train` or `test');
  return {
    name: item.name.name,
    origin: item.span,
    network: network.root.name,
    chip: chip.name,
    ...seeds,
    without: lowerWithout(
      clauses,
      [...network.devices.values()].flatMap((device) => device.spreads),
      context,
    ),
    settings: clausesOf(clauses, 'set').flatMap((clause) => lowerSet(clause, study) ?? []),
    schedule: lowerSteps(steps, study),
    sweeps: clausesOf(clauses, 'sweep').flatMap((clause) => lowerSweep(clause, study) ?? []),
    recordings: clausesOf(clauses, 'record').flatMap((clause) => lowerRecordings(clause, study)),
    ...lowerConditions(clauses, study),
  };
}

/** Names of phases, those inside others included. */
function phasesOf(steps: readonly PhaseStep[]): readonly string[] {
  return steps.flatMap((step) => (step.kind === 'phase' ? [step.name.name, ...phasesOf(step.body.clauses)] : []));
}

function isStep(clause: ExperimentClause): clause is PhaseStep {
  return STEP_KINDS.some((kind) => kind === clause.kind);
}

function refuseProgramClauses(
  clauses: readonly ExperimentClause[],
  run: RunClause,
  { diagnostics }: LoweringContext,
): void {
  const { name } = run.program;
  const [firstImage] = run.images ?? [];
  if (firstImage) {
    diagnostics.report(
      DSL_CATALOGUE,
      'clause-not-for',
      { clause: 'from', name, kind: 'network' },
      { span: firstImage.span },
    );
  }
  for (const { span } of clausesOf(clauses, 'calibrate')) {
    diagnostics.report(DSL_CATALOGUE, 'clause-not-for', { clause: 'calibrate', name, kind: 'network' }, { span });
  }
}

function lowerConditions(
  clauses: readonly ExperimentClause[],
  context: StudyContext,
): Pick<Study, 'invariants' | 'baselines' | 'expectations'> {
  const figures = clausesOf(clauses, 'baseline');
  reportDuplicates(
    figures.map(({ name }) => name),
    context.diagnostics,
  );
  const baselines = figures.flatMap((clause) => lowerBaseline(clause, context) ?? []);
  const known = new Map(baselines.map((each) => [each.baseline.name, each]));
  return {
    invariants: clausesOf(clauses, 'invariant').flatMap((clause) => lowerStudyInvariant(clause, context) ?? []),
    baselines: baselines.map(({ baseline }) => baseline),
    expectations: clausesOf(clauses, 'expect').flatMap((clause) => lowerStudyExpectation(clause, known, context) ?? []),
  };
}

function lowerBaseline(
  { name, value, provenance, span }: BaselineClause,
  context: StudyContext,
): KnownBaseline | undefined {
  const what = `baseline \`${name.name}\``;
  const typed = checkExpression(value, context);
  const origin = checkProvenance(provenance, { what, span }, context.diagnostics);
  if (!requireQuantity(typed.type, what, value.span, context)) return undefined;
  const { dimension } = typed.type;
  const number = constantOf(typed, { what, span: value.span }, context);
  const written = value.kind === 'number' && value.unit ? checkUnit(value.unit, context) : undefined;
  const unit: Baseline['unit'] = written
    ? { symbol: written.symbol, scale: unitScale(written) }
    : { symbol: siSymbol(dimension), scale: 1 };
  return { baseline: { name: name.name, value: number, unit, provenance: origin, origin: span }, dimension };
}

function lowerRecordings({ signals, interval, span }: RecordClause, context: StudyContext): Recording[] {
  reportDuplicates(signals, context.diagnostics);
  const expected = {
    what: 'interval of the recording',
    dimension: DIMENSION.time,
    sign: 'positive',
    symbol: 's',
  } as const;
  const intervalSeconds = interval && checkSigned(interval, expected, context);
  return signals.flatMap((node) => {
    const signal = findSignal(node, context);
    if (!signal) return [];
    return [{ signal: signal.name, ...(intervalSeconds !== undefined && { intervalSeconds }), origin: span }];
  });
}
