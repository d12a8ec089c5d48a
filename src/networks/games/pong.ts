/**
 * A game of Pong of our own: two paddles, a ball, walls above and below. The agent plays at the right against an opponent
 * that follows the ball with limited speed. Where the ball meets a paddle sets the angle at which it leaves, and every
 * hit makes it faster, so that rallies end. Lengths are pixels, speeds pixels a frame.
 */
import { philox4x32 } from '../../numerics/philox.js';
import { keyOfSeed } from '../../numerics/normal.js';
import { ActiveMap } from './active-map.js';
import type { Game, GameSetup, GameTurn } from './game.js';

/** Side of the court. */
const COURT = 84;
const BALL = 2;
const PADDLE = { width: 2, height: 12, speed: 1.5 } as const;
/** Left edges of the paddles. */
const [OPPONENT_X, OWN_X] = [6, 76];
const GREY = { ball: 1, own: 0.8, opponent: 0.5 } as const;
/** Speed of the ball from side to side: at a serve, what a hit makes of it, and at most. */
const PACE = { serve: 1.4, factor: 1.05, most: 2.4 } as const;
/** Slope at which a ball leaves the end of a paddle, and with which it is served at most. */
const SLOPE = { hit: 1.2, serve: 0.6 } as const;
/** A rally that takes longer counts for nobody [frames]. */
const LONGEST_RALLY = 2000;
/** Frames of one action, as with Atari games. */
const FRAMES = 4;
/** Stream of the random numbers of serves. */
const STREAM = 2 ** 21 + 64;

/** Numbers of the state, in the order of a snapshot. */
const STATE = ['x', 'y', 'vx', 'vy', 'own', 'opponent', 'won', 'lost', 'rally', 'serves'] as const;
type State = Record<(typeof STATE)[number], number>;

/** Actions: stay, up, down. */
export class Pong implements Game {
  readonly actions = 3;
  readonly screen = new ActiveMap({ rows: COURT, columns: COURT, channels: 1 });
  readonly #points: number;
  readonly #opponentSpeed: number;
  readonly #key: Uint32Array;
  readonly #place: number;
  readonly #state = Object.fromEntries(STATE.map((name) => [name, 0])) as State;

  /** Settings: `points` that win a game, `opponent` the opponent's speed. */
  constructor({ settings: { points = NaN, opponent = NaN }, seed, place }: GameSetup) {
    this.#points = points;
    this.#opponentSpeed = opponent;
    this.#key = keyOfSeed(seed);
    this.#place = place;
    this.#begin();
    this.#draw();
  }

  act(action: number): GameTurn {
    let reward = 0;
    for (let frame = 0; frame < FRAMES; frame++) reward += this.#frame(action);
    const isOver = Math.max(this.#state.won, this.#state.lost) >= this.#points;
    if (isOver) this.#begin();
    this.#draw();
    return { reward, isOver };
  }

  snapshot(): Float64Array {
    return Float64Array.from(STATE, (name) => this.#state[name]);
  }

  restore(snapshot: Float64Array): void {
    STATE.forEach((name, at) => (this.#state[name] = snapshot[at] ?? this.#state[name]));
    this.#draw();
  }

  #begin(): void {
    const middle = (COURT - PADDLE.height) / 2;
    Object.assign(this.#state, { own: middle, opponent: middle, won: 0, lost: 0 });
    this.#serve();
  }

  /** From the middle line, at a random height and slope, to a random side. */
  #serve(): void {
    const state = this.#state;
    const drawn = Uint32Array.of(state.serves++, this.#place, 0, STREAM);
    philox4x32(drawn, this.#key, drawn);
    const [height, slope, side] = Array.from(drawn, (word) => (word + 0.5) / 2 ** 32);
    state.x = (COURT - BALL) / 2;
    state.y = COURT * (0.25 + 0.5 * (height ?? NaN)) - BALL / 2;
    state.vx = (side ?? NaN) < 0.5 ? -PACE.serve : PACE.serve;
    state.vy = PACE.serve * SLOPE.serve * (2 * (slope ?? NaN) - 1);
    state.rally = 0;
  }

  /** One frame; the points that it brought. */
  #frame(action: number): number {
    const state = this.#state;
    state.own = within(state.own + (action === 1 ? -PADDLE.speed : action === 2 ? PADDLE.speed : 0));
    const wish = state.y + BALL / 2 - PADDLE.height / 2 - state.opponent;
    state.opponent = within(state.opponent + Math.max(-this.#opponentSpeed, Math.min(this.#opponentSpeed, wish)));
    const before = state.x;
    state.x += state.vx;
    state.y += state.vy;
    this.#bounce();
    if (state.vx > 0 && before + BALL <= OWN_X && state.x + BALL > OWN_X) this.#meet(state.own, OWN_X - BALL);
    const edge = OPPONENT_X + PADDLE.width;
    if (state.vx < 0 && before >= edge && state.x < edge) this.#meet(state.opponent, edge);
    return this.#count();
  }

  /** Walls above and below. */
  #bounce(): void {
    const state = this.#state;
    const lowest = COURT - BALL;
    if (state.y < 0) [state.y, state.vy] = [-state.y, -state.vy];
    else if (state.y > lowest) [state.y, state.vy] = [2 * lowest - state.y, -state.vy];
  }

  /** Sends the ball back from `x` where the paddle at `top` is in its way. */
  #meet(top: number, x: number): void {
    const state = this.#state;
    if (state.y + BALL <= top || state.y >= top + PADDLE.height) return;
    const pace = Math.min(PACE.most, Math.abs(state.vx) * PACE.factor);
    const offset = (state.y + BALL / 2 - top - PADDLE.height / 2) / ((PADDLE.height + BALL) / 2);
    state.vx = state.vx > 0 ? -pace : pace;
    state.vy = pace * SLOPE.hit * offset;
    state.x = x;
  }

  /** A point where the ball has left the court, and the next serve. */
  #count(): number {
    const state = this.#state;
    const point = state.x + BALL < 0 ? 1 : state.x > COURT ? -1 : 0;
    state.rally++;
    if (point === 1) state.won++;
    if (point === -1) state.lost++;
    if (point !== 0 || state.rally >= LONGEST_RALLY) this.#serve();
    return point;
  }

  #draw(): void {
    const { x, y, own, opponent } = this.#state;
    this.screen.clear();
    this.#fill({ x: OPPONENT_X, y: opponent, width: PADDLE.width, height: PADDLE.height }, GREY.opponent);
    this.#fill({ x: OWN_X, y: own, width: PADDLE.width, height: PADDLE.height }, GREY.own);
    this.#fill({ x, y, width: BALL, height: BALL }, GREY.ball);
  }

  #fill({ x, y, width, height }: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>, grey: number): void {
    const [left, top] = [Math.round(x), Math.round(y)];
    for (let row = Math.max(0, top); row < Math.min(COURT, top + height); row++) {
      for (let column = Math.max(0, left); column < Math.min(COURT, left + width); column++) {
        const place = row * COURT + column;
        this.screen.activate(place);
        this.screen.values[place] = grey;
      }
    }
  }
}

function within(top: number): number {
  return Math.max(0, Math.min(COURT - PADDLE.height, top));
}
