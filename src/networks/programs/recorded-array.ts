/** An array that a pulse program trains, whose steps the RTL can repeat. */
import type { SynapseArray } from '../arrays/synapse-array.js';
import type { TileRecording } from './recorded-tile.js';

export interface RecordedArray extends SynapseArray {
  /** Steps so far as one job for the RTL; what is still to be written has been. */
  recording(): TileRecording;
  /** The program by itself, without steps: what a controller is made of. */
  readonly controller: TileRecording;
}
