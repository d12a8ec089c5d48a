/** The agent of one seed, and the games that it is playing. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { GameData } from '../../ir/study.js';
import type { ArraySnapshot } from '../arrays/synapse-array.js';
import { notRunnable } from '../study-fault.js';
import { ActorCritic } from './actor-critic.js';
import { AgentModel } from './agent-model.js';
import { planAgent } from './agent-plan.js';
import { createGame } from './create-game.js';
import type { Session } from './game-plan.js';
import { Player, type PlayedGame } from './player.js';

/** What came of a piece of a session. */
export interface Played {
  readonly steps: number;
  /** Sum over the steps; 0 in tests. */
  readonly loss: number;
  /** Games that were played to their end. */
  readonly played: readonly PlayedGame[];
  /** Whether a test has seen the end of all of its games. */
  readonly isDone: boolean;
}

/** Actions of every game in a piece of a test. */
const TEST_STEPS = 20;
/** Games of tests are others than those of trainings. */
const TEST_PLACE = 2 ** 20;

export class GameSeed {
  readonly #mapped: MappedNetwork;
  readonly #seed: number;
  readonly #model: AgentModel;
  #players: readonly Player[] = [];
  #learner: ActorCritic | undefined;

  /** Throws a `StudyFault` where the network is no agent for the games of the experiment. */
  constructor(mapped: MappedNetwork, seed: number) {
    this.#mapped = mapped;
    this.#seed = seed;
    // One network for all games, which it has to fit
    const setups = (mapped.games ?? []).map((game) => planAgent(mapped, game.name, createGame(game, seed, 0)));
    const setup = setups[0] ?? notRunnable('an agent', 'there is no game', mapped.study.origin);
    this.#model = new AgentModel({ ...setup, seed });
  }

  /** A segment of every game of the session at hand. */
  play(session: Session): Played {
    if (this.#players.length === 0) this.#enter(session);
    const { steps, loss } = session.kind === 'train' ? this.#learn(session) : { steps: this.#test(), loss: 0 };
    const played = this.#players.flatMap((player) => player.played.splice(0));
    return { steps, loss, played, isDone: this.#players.every(({ isDone }) => isDone) };
  }

  /** The games at hand are given up. */
  leave(): void {
    this.#players = [];
    this.#learner = undefined;
  }

  snapshot(): Readonly<Record<string, ArraySnapshot>> {
    const players = this.#players.map((player, at) => [`player ${String(at)}`, player.snapshot()] as const);
    return { agent: this.#model.snapshot(), ...Object.fromEntries(players) };
  }

  restore(snapshots: Readonly<Record<string, ArraySnapshot>>, session: Session | undefined): void {
    this.#model.restore(snapshots['agent'] ?? {});
    if (!session || !('player 0' in snapshots)) return;
    this.#enter(session);
    this.#players.forEach((player, at) => {
      player.restore(snapshots[`player ${String(at)}`] ?? {});
    });
  }

  #enter({ kind, games, game: name }: Session): void {
    const first = kind === 'test' ? TEST_PLACE : 0;
    const data = this.#gameOf(name);
    this.#players = Array.from({ length: games }, (_, at) => {
      const place = first + at;
      const game = createGame(data, this.#seed, place);
      return new Player(this.#model, { game, seed: this.#seed, place, isOnce: kind === 'test' });
    });
  }

  #gameOf(name: string): GameData {
    const found = this.#mapped.games?.find((game) => game.name === name);
    return found ?? notRunnable(`\`${name}\``, 'it is no game', this.#mapped.study.origin);
  }

  #learn({ choice }: Session): { readonly steps: number; readonly loss: number } {
    this.#learner ??= new ActorCritic(this.#model, choice);
    return this.#learner.learn(this.#players);
  }

  /** Some actions of every game that is not over; how many. */
  #test(): number {
    const step = this.#model.createStep();
    let steps = 0;
    for (const player of this.#players) {
      for (let at = 0; at < TEST_STEPS && !player.isDone; at++, steps++) player.play(step);
      this.#model.layer.settle(player.memory);
    }
    return steps;
  }
}
