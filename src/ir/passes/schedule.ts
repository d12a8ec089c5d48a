/**
 * mapped -> scheduled: decides every order, level and time of an open-loop writing program.
 */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { believedTile, startOf, type PreparedTile, type TileFactory } from '../calibrate.js';
import type { MappedModule } from '../mapped.js';
import type { ScheduledModule } from '../scheduled.js';
import { Bookkeeping } from './bookkeeping.js';
import { operationsOf, programShell } from './operations.js';

/** Schedules `mapped` for a tile of which the spreads in `known` are known; undefined after reporting why not. */
export function schedule(
  mapped: MappedModule,
  known: PreparedTile['known'],
  createTile: TileFactory,
  diagnostics: DiagnosticBag,
): ScheduledModule | undefined {
  const tile = believedTile(mapped, startOf(mapped.experiment), known, createTile);
  const books = new Bookkeeping(mapped, tile, diagnostics);
  const tickExponent = books.chooseTickExponent();
  if (tickExponent === undefined) return undefined;
  const dataSets = books.dataSets(tickExponent);
  if (diagnostics.hasErrors) return undefined;
  const program = { ...programShell(mapped, tickExponent), operations: operationsOf(mapped), dataSets };
  return { phase: 'scheduled', mapped, program };
}
