/** Games by their names in the language. */
import type { GameData, GameName } from '../../ir/study.js';
import type { Game, GameSetup } from './game.js';
import { Pong } from './pong.js';

const MAKERS: Readonly<Record<GameName, (setup: GameSetup) => Game>> = { pong: (setup) => new Pong(setup) };

/** The game of a data declaration, one of several side by side. */
export function createGame({ game, settings }: GameData, seed: number, place: number): Game {
  return MAKERS[game]({ settings: Object.fromEntries(settings.map(({ name, value }) => [name, value])), seed, place });
}
