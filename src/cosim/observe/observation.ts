/** What shall be seen of a job, and what was seen: plain data, as job and outcome cross process borders. */
import type { Divergence } from '../job.js';
import type { EventPair } from './event-log.js';
import type { CellHistory } from './cell-history.js';
import type { DiagramPlan, TraceRecord } from './trace-recorder.js';
import type { WaveRecord } from './wave-record.js';

/** A rectangle of cells; both ends belong to it. Absent ends reach to the border of the tile. */
export interface CellRange {
  readonly rows: LineRange;
  readonly columns: LineRange;
}

export interface LineRange {
  readonly first: number;
  readonly last?: number;
}

/** What to watch; everything absent costs nothing. Waves, diagrams and histories are of the first run. */
export interface ObservationPlan {
  readonly wave?: WavePlan;
  /** A part of a run, event by event. */
  readonly diagram?: DiagramPlan;
  /** Cells whose every change is told. */
  readonly why?: readonly CellRange[];
  /** Ends the job at the first mismatch and keeps so many events before it. */
  readonly stopAtMismatch?: { readonly keptEvents: number };
}

export interface WavePlan {
  /** Cells whose conductances are recorded; the whole tile where it is small, none otherwise. */
  readonly cells?: readonly CellRange[];
  /** Changes after which recording ends; see {@link WaveRecord.isCut}. */
  readonly maxChanges?: number;
}

/** What was seen. */
export interface Observations {
  readonly wave?: WaveRecord;
  readonly diagram?: TraceRecord;
  readonly why?: readonly CellHistory[];
  readonly stop?: JobStop;
}

/** The first mismatch, at which the job has ended. */
export interface JobStop {
  readonly divergence: Divergence;
  /** Indices of the run and of its data set. */
  readonly run: number;
  readonly dataSet: number;
  /** The last events on both sides, the one that differs at the end. */
  readonly events: readonly EventPair[];
}
