/** An `experiment` on a program: which images, with which seeds, and what must hold. */
import type { Spread } from '../../devices/device-model.js';
import type { Chip } from '../../ir/chip.js';
import type { Experiment, ImageTarget, WriteProgram } from '../../ir/network.js';
import type { CalibrateClause, ExperimentClause, ExperimentItem, RunClause } from '../syntax/experiment.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { ClauseFinder, clausesOf, type Owner } from '../check/check-clauses.js';
import { checkInteger } from '../check/check-constant.js';
import { DIMENSION } from '../check/dimensions.js';
import type { CheckContext } from '../check/scope.js';
import { lowerExpectation } from './lower-expectation.js';
import { lowerImages, type ImageContext } from './lower-images.js';
import { findSpread, lowerSeeds, lowerWithout } from './lower-seeds.js';
import type { LoweringContext } from './lowering-context.js';

/** Pulses of one calibration, at most. */
const MAX_CALIBRATION_PULSES = 65_536;

/** Clauses of experiments on programs. */
const PROGRAM_CLAUSES: readonly ExperimentClause['kind'][] = ['run', 'seeds', 'without', 'calibrate', 'expect'];

/** The experiment on the program that `run` names; undefined after reporting. */
export function lowerProgramRun(
  item: ExperimentItem,
  run: RunClause,
  context: LoweringContext,
): Experiment | undefined {
  const { diagnostics } = context;
  const owner: Owner = { description: `experiment \`${item.name.name}\``, name: item.name };
  const { clauses } = item.body;
  const finder = new ClauseFinder<ExperimentClause>(owner, clauses, diagnostics);
  for (const { kind, span } of clauses) {
    if (PROGRAM_CLAUSES.includes(kind)) continue;
    const params = { clause: kind, name: run.program.name, kind: 'program' } as const;
    diagnostics.report(DSL_CATALOGUE, 'clause-not-for', params, { span });
  }
  const seeds = lowerSeeds(finder.optional('seeds', 'seeds'), context);
  const calibrate = finder.optional('calibrate', 'calibrate');
  const expectations = clausesOf(clauses, 'expect').flatMap((clause) => lowerExpectation(clause, context) ?? []);
  const runnable = context.find(run.program, 'program');
  const chip = context.find(run.chip, 'chip');
  if (!runnable || !chip) return undefined;
  const { spreads } = runnable.device;
  const program = withImages(run, runnable.program, context);
  checkSizes(program.images, chip, context);
  const calibration = calibrate && lowerCalibration(calibrate, spreads, context);
  return {
    name: item.name.name,
    origin: item.span,
    program,
    chip: chip.name,
    ...seeds,
    without: lowerWithout(clauses, spreads, context),
    ...(calibration && { calibration }),
    expectations,
  };
}

function withImages(
  { images = [], program: name }: RunClause,
  program: WriteProgram,
  context: ImageContext,
): WriteProgram {
  if (images.length > 0) return { ...program, images: lowerImages(images, program.window, context) };
  if (program.images.length === 0 && !context.diagnostics.hasErrors) {
    context.diagnostics.report(DSL_CATALOGUE, 'no-images', { program: program.name }, { span: name.span });
  }
  return program;
}

/** One tile that is too small is one mistake, however many images show it. */
function checkSizes(images: readonly ImageTarget[], { tile }: Chip, { diagnostics }: CheckContext): void {
  const [first, ...others] = images.filter(({ rows, columns }) => rows > tile.rows || columns > tile.columns);
  if (!first) return;
  const { name, rows, columns, origin } = first;
  const tileSize = { tileRows: tile.rows, tileColumns: tile.columns };
  const related = [{ message: 'the tile', span: tile.origin }];
  const params = { image: name, rows, columns, ...tileSize, others: others.length };
  diagnostics.report(DSL_CATALOGUE, 'tile-too-small', params, { span: origin, related });
}

function lowerCalibration(
  { spread: identifier, pulses, span }: CalibrateClause,
  spreads: readonly Spread[],
  context: CheckContext,
): Experiment['calibration'] {
  const limits = {
    what: 'number of calibration pulses',
    min: 1,
    max: MAX_CALIBRATION_PULSES,
    dimension: DIMENSION.pulses,
  };
  const count = checkInteger(pulses, limits, context);
  const spread = findSpread(identifier, spreads, context);
  if (!spread) return undefined;
  if (spread.per !== 'device') {
    const params = { name: spread.name, per: spread.per };
    context.diagnostics.report(DSL_CATALOGUE, 'calibrated-spread', params, { span: identifier.span });
  }
  return { spread: spread.name, pulses: count, origin: span };
}
