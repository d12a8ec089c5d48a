/** An agent at one game: what it remembers of it, and the actions that it draws. */
import { keyOfSeed } from '../../numerics/normal.js';
import { philox4x32 } from '../../numerics/philox.js';
import type { ArraySnapshot } from '../arrays/synapse-array.js';
import type { AgentModel, AgentStep } from './agent-model.js';
import type { Game } from './game.js';
import type { FastState } from './sparse-fast-layer.js';

/** What came of one action. */
export interface Move {
  readonly action: number;
  readonly reward: number;
  readonly isOver: boolean;
}

/** A game that has been finished. */
export interface PlayedGame {
  /** Points won minus points lost. */
  readonly score: number;
  readonly steps: number;
}

/** Stream of the random numbers of actions. */
const STREAM = 2 ** 21 + 65;

export interface PlayerSetup {
  readonly game: Game;
  readonly seed: number;
  /** Which of several side by side, from 0. */
  readonly place: number;
  /** Whether it stops at the end of its first game. */
  readonly isOnce?: boolean;
}

export class Player {
  readonly game: Game;
  readonly memory: FastState;
  readonly #model: AgentModel;
  readonly #key: Uint32Array;
  readonly #place: number;
  readonly #isOnce: boolean;
  /** Actions so far, those of the game at hand, and its points. */
  #actions = 0;
  #steps = 0;
  #score = 0;
  #games = 0;
  /** Games that have been finished; whoever counts them empties it. */
  readonly played: PlayedGame[] = [];

  constructor(model: AgentModel, { game, seed, place, isOnce = false }: PlayerSetup) {
    this.#model = model;
    this.game = game;
    this.memory = model.createMemory();
    this.#key = keyOfSeed(seed);
    this.#place = place;
    this.#isOnce = isOnce;
  }

  /** Whether it has stopped. */
  get isDone(): boolean {
    return this.#isOnce && this.#games > 0;
  }

  /** Sees, draws an action and takes it; the thoughts are left in `step`. */
  play(step: AgentStep): Move {
    this.#model.forward(this.game.screen, this.memory, step);
    const action = this.#draw(step.chances);
    const { reward, isOver } = this.game.act(action);
    this.#score += reward;
    this.#steps++;
    if (isOver) {
      this.played.push({ score: this.#score, steps: this.#steps });
      [this.#score, this.#steps] = [0, 0];
      this.#games++;
      this.#model.layer.reset(this.memory);
    }
    return { action, reward, isOver };
  }

  /** State between segments, when the memory is settled. */
  snapshot(): ArraySnapshot {
    const { fast, outputs } = this.memory;
    return {
      game: this.game.snapshot(),
      counters: Float64Array.of(this.#actions, this.#steps, this.#score, this.#games),
      fast: fast.slice(),
      outputs: outputs.slice(),
    };
  }

  restore({ game, counters, fast, outputs }: ArraySnapshot): void {
    if (game instanceof Float64Array) this.game.restore(game);
    [this.#actions = 0, this.#steps = 0, this.#score = 0, this.#games = 0] = counters ?? [];
    if (fast) this.memory.fast.set(fast);
    if (outputs) this.memory.outputs.set(outputs);
    this.memory.due.fill(0);
    this.memory.step = 0;
  }

  #draw(chances: Float64Array): number {
    const words = Uint32Array.of(this.#actions % 2 ** 32, this.#place, Math.floor(this.#actions / 2 ** 32), STREAM);
    this.#actions++;
    philox4x32(words, this.#key, words);
    let left = ((words[0] ?? NaN) + 0.5) / 2 ** 32;
    for (let action = 0; action < chances.length - 1; action++) {
      left -= chances[action] ?? NaN;
      if (left < 0) return action;
    }
    return chances.length - 1;
  }
}
