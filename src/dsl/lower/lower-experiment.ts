/** An `experiment` declaration: which program on which chip, with which seeds, and what must hold. */
import { nearestName } from '../../core/nearest.js';
import type { DeviceModel, Spread } from '../../devices/device-model.js';
import type { Chip } from '../../ir/chip.js';
import type { Experiment, ImageTarget, WriteProgram } from '../../ir/network.js';
import type {
  CalibrateClause,
  ExperimentClause,
  ExperimentItem,
  RunClause,
  SeedsClause,
} from '../syntax/experiment.js';
import type { Identifier } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { ClauseFinder, clausesOf, reportDuplicates, type Owner } from '../check/check-clauses.js';
import { checkInteger } from '../check/check-constant.js';
import { DIMENSION } from '../check/dimensions.js';
import type { CheckContext } from '../check/scope.js';
import { lowerExpectation } from './lower-expectation.js';
import { lowerImages, type ImageContext } from './lower-images.js';
import type { LoweringContext } from './lowering-context.js';

/** Seeds of one experiment, at most. */
const MAX_SEEDS = 1_000_000;

/** Seeds are keys of 32 bits. */
const MAX_SEED = 2 ** 32 - 1;

/** Pulses of one calibration, at most. */
const MAX_CALIBRATION_PULSES = 65_536;

/** The experiment; undefined after reporting. */
export function lowerExperiment(item: ExperimentItem, context: LoweringContext): Experiment | undefined {
  const { diagnostics } = context;
  const owner: Owner = { description: `experiment \`${item.name.name}\``, name: item.name };
  const { clauses } = item.body;
  const finder = new ClauseFinder<ExperimentClause>(owner, clauses, diagnostics);
  const run = finder.required('run', 'run');
  const seeds = lowerSeeds(finder.optional('seeds', 'seeds'), context);
  const calibrate = finder.optional('calibrate', 'calibrate');
  const expectations = clausesOf(clauses, 'expect').flatMap((clause) => lowerExpectation(clause, context) ?? []);
  const runnable = run && context.find(run.program, 'program');
  const chip = run && context.find(run.chip, 'chip');
  if (!runnable || !chip) return undefined;
  const program = withImages(run, runnable.program, context);
  checkSizes(program.images, chip, context);
  const calibration = calibrate && lowerCalibration(calibrate, runnable.device, context);
  return {
    name: item.name.name,
    origin: item.span,
    program,
    chip: chip.name,
    ...seeds,
    without: lowerWithout(clauses, runnable.device, context),
    ...(calibration && { calibration }),
    expectations,
  };
}

/** One seed, 1, where the experiment names none. */
function lowerSeeds(
  clause: SeedsClause | undefined,
  context: CheckContext,
): Pick<Experiment, 'firstSeed' | 'seedCount'> {
  if (!clause) return { firstSeed: 1, seedCount: 1 };
  return {
    seedCount: checkInteger(clause.count, { what: 'number of seeds', min: 1, max: MAX_SEEDS }, context),
    firstSeed: checkInteger(clause.first, { what: 'first seed', min: 0, max: MAX_SEED }, context),
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

function lowerWithout(clauses: readonly ExperimentClause[], device: DeviceModel, context: CheckContext): string[] {
  const spreads = clausesOf(clauses, 'without').flatMap((clause) => clause.spreads);
  reportDuplicates(spreads, context.diagnostics);
  return spreads.flatMap((spread) => findSpread(spread, device, context)?.name ?? []);
}

function lowerCalibration(
  { spread: identifier, pulses, span }: CalibrateClause,
  device: DeviceModel,
  context: CheckContext,
): Experiment['calibration'] {
  const limits = {
    what: 'number of calibration pulses',
    min: 1,
    max: MAX_CALIBRATION_PULSES,
    dimension: DIMENSION.pulses,
  };
  const count = checkInteger(pulses, limits, context);
  const spread = findSpread(identifier, device, context);
  if (!spread) return undefined;
  if (spread.per !== 'device') {
    const params = { name: spread.name, per: spread.per };
    context.diagnostics.report(DSL_CATALOGUE, 'calibrated-spread', params, { span: identifier.span });
  }
  return { spread: spread.name, pulses: count, origin: span };
}

function findSpread(
  { name, span }: Identifier,
  { spreads }: DeviceModel,
  { diagnostics }: CheckContext,
): Spread | undefined {
  const spread = spreads.find((candidate) => candidate.name === name);
  if (!spread) {
    const nearest = nearestName(
      name,
      spreads.map((candidate) => candidate.name),
    );
    diagnostics.report(DSL_CATALOGUE, 'unknown-name', { what: 'spread', name, nearest }, { span });
  }
  return spread;
}
