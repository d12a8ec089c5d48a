/** Games that agents play: a screen, some actions, points. All randomness is addressed by seed and counters. */
import type { ActiveMap } from './active-map.js';

/** What one action led to. */
export interface GameTurn {
  /** Points won minus points lost. */
  readonly reward: number;
  /** Whether the game ended; the screen is that of the next one already. */
  readonly isOver: boolean;
}

/** A game that starts anew by itself whenever one is over. */
export interface Game {
  /** Numbers of actions: 0 .. actions - 1. */
  readonly actions: number;
  /** What is to be seen: one channel of grey values from 0 to 1. */
  readonly screen: ActiveMap;
  act(action: number): GameTurn;
  /** Everything that what follows depends on beside the seed. */
  snapshot(): Float64Array;
  restore(snapshot: Float64Array): void;
}

/** How a game is made. */
export interface GameSetup {
  /** Settings by name, all there. */
  readonly settings: Readonly<Record<string, number>>;
  readonly seed: number;
  /** Which of several games side by side, from 0. */
  readonly place: number;
}
