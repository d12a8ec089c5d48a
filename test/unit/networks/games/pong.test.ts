/** The game: deterministic, fair to who plays it well, and taken up again where it was. */
import { describe, expect, it } from 'vitest';
import { Pong } from '../../../../src/networks/games/pong.js';

interface Played {
  readonly score: number;
  readonly steps: number;
}

function pong(seed = 1, opponent = 0.6, place = 0): Pong {
  return new Pong({ settings: { points: 5, opponent }, seed, place });
}

/** Rows of what is lit with a grey value, their mean; undefined where nothing is. */
function heightOf({ screen }: Pong, grey: number): number | undefined {
  const rows = [...screen.places.subarray(0, screen.count)]
    .filter((place) => screen.values[place] === grey)
    .map((place) => Math.floor(place / 84));
  return rows.length === 0 ? undefined : rows.reduce((sum, row) => sum + row, 0) / rows.length;
}

/** Where the ball and the own paddle are seen, as an action that brings them together, `aim` pixels off the middle. */
function follow(game: Pong, aim = 0): number {
  const [ball = 42, own = 42] = [heightOf(game, 1), heightOf(game, 0.8)];
  if (Math.abs(ball + aim - own) < 3) return 0;
  return ball + aim < own ? 1 : 2;
}

function play(game: Pong, choose: (game: Pong, step: number) => number): Played {
  let score = 0;
  for (let step = 1; ; step++) {
    const { reward, isOver } = game.act(choose(game, step));
    score += reward;
    if (isOver) return { score, steps: step };
  }
}

describe('Pong', () => {
  it('shows a ball and two paddles on 84 x 84 pixels', () => {
    const { screen } = pong();
    const greys = [...screen.values].filter((value) => value > 0);
    expect(screen.values).toHaveLength(84 * 84);
    expect([1, 0.8, 0.5].map((grey) => greys.filter((value) => value === grey).length)).toEqual([4, 24, 24]);
  });

  it('is lost by who stands still, and won by who follows the ball off its middle', () => {
    expect(play(pong(), () => 0).score).toBeLessThan(-1);
    expect(play(pong(), (game) => follow(game, 3)).score).toBeGreaterThan(1);
  });

  it('ends with the points that it is for, and begins anew', () => {
    const game = pong(2);
    const games = [1, 2].map(() => play(game, (_, step) => step % 3));
    for (const { score, steps } of games) {
      expect(Math.abs(score)).toBeLessThanOrEqual(5);
      expect(steps).toBeGreaterThan(20);
    }
    expect(games[0]).not.toEqual(games[1]);
  });

  it('is the same for the same seed and place, and another for others', () => {
    const run = (game: Pong) => JSON.stringify(play(game, (_, step) => (7 * step) % 3));
    expect(run(pong(4))).toBe(run(pong(4)));
    expect(new Set([run(pong(4)), run(pong(5)), run(pong(4, 0.6, 1))]).size).toBe(3);
  });

  it('goes on from a snapshot', () => {
    const [game, other] = [pong(6), pong(6)];
    for (let step = 0; step < 150; step++) game.act(step % 3);
    other.restore(game.snapshot());
    for (let step = 0; step < 200; step++) {
      expect(other.act((5 * step) % 3)).toEqual(game.act((5 * step) % 3));
    }
    expect(other.screen.values).toEqual(game.screen.values);
  });

  it('has an opponent that is better the faster it is', () => {
    const scoreAgainst = (opponent: number) =>
      [1, 2, 3].reduce((sum, seed) => sum + play(pong(seed, opponent), (game) => follow(game, 3)).score, 0);
    expect(scoreAgainst(0.3)).toBeGreaterThan(scoreAgainst(1.5));
  });
});
