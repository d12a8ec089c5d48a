/** Actor-critic learning on a game in which an agent has to remember what it saw. */
import { expect, it } from 'vitest';
import { ActiveMap } from '../../../../src/networks/games/active-map.js';
import { ActorCritic } from '../../../../src/networks/games/actor-critic.js';
import type { Game, GameTurn } from '../../../../src/networks/games/game.js';
import { Player } from '../../../../src/networks/games/player.js';
import { createAgent, SCREEN } from './small-agent.js';

/** Actions from the cue to the answer. */
const LENGTH = 3;

/** A light shows above or below, then another one always at the same place; the last action has to say which it was. */
class Recall implements Game {
  readonly actions = 3;
  readonly screen = new ActiveMap(SCREEN);
  #turn = 0;
  #cue: number;

  constructor(place: number) {
    this.#cue = place % 2;
    this.#draw();
  }

  act(action: number): GameTurn {
    this.#turn++;
    const isOver = this.#turn === LENGTH;
    const reward = isOver ? (action === this.#cue + 1 ? 1 : -1) : 0;
    if (isOver) {
      this.#turn = 0;
      this.#cue = 1 - this.#cue;
    }
    this.#draw();
    return { reward, isOver };
  }

  snapshot(): Float64Array {
    return Float64Array.of(this.#turn, this.#cue);
  }

  restore(snapshot: Float64Array): void {
    [this.#turn = 0, this.#cue = 0] = snapshot;
    this.#draw();
  }

  #draw(): void {
    this.screen.clear();
    const row = this.#turn > 0 ? 6 : this.#cue === 0 ? 2 : 9;
    for (const place of [row * 12 + 5, row * 12 + 6]) {
      this.screen.activate(place);
      this.screen.values[place] = 1;
    }
  }
}

const CHOICE = { segment: 6, discount: 0.95, trace: 0.95, entropy: 0.01, value: 0.5, clip: 1, rate: 10 };

/** Mean scores of the first and the last games of a training. */
function learn(): { readonly first: number; readonly last: number; readonly losses: readonly number[] } {
  const model = createAgent(2);
  const players = [0, 1, 2, 3].map((place) => new Player(model, { game: new Recall(place), seed: 1, place }));
  const learner = new ActorCritic(model, CHOICE);
  const losses = Array.from({ length: 300 }, () => learner.learn(players).loss);
  const scores = players.flatMap(({ played }) => played.map(({ score }) => score));
  const perPlayer = scores.length / 4;
  const mean = (from: number, to: number): number => {
    const chosen = scores.filter((_, at) => at % perPlayer >= from && at % perPlayer < to);
    return chosen.reduce((sum, score) => sum + score, 0) / chosen.length;
  };
  return { first: mean(0, 50), last: mean(perPlayer - 100, perPlayer), losses };
}

it('learns what earns points, by what it remembers, with the same bits every time', () => {
  const { first, last, losses } = learn();
  // A third of random answers is right
  expect(first).toBeLessThan(0.3);
  expect(last).toBeGreaterThan(0.9);
  expect(learn()).toEqual({ first, last, losses });
});
