/** A `data` declaration that is a game in place of samples from files. */
import { GAMES, type GameData, type GameName } from '../../ir/study.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkWord } from '../check/check-clauses.js';
import type { CheckContext } from '../check/scope.js';
import { checkSettings, settingsWithDefaults } from '../settings/check-settings.js';
import { setting, type Setting } from '../settings/setting-table.js';
import type { DataItem, EnvironmentClause } from '../syntax/data.js';

/** A game as the language knows it. */
interface GameDescription {
  readonly summary: string;
  /** Channels, rows and columns of its screen. */
  readonly screen: readonly [number, number, number];
  readonly settings: readonly Setting[];
}

export const GAME_TABLE: Readonly<Record<GameName, GameDescription>> = {
  pong: {
    summary:
      'two paddles and a ball on 84 x 84 pixels; actions 0, 1 and 2 are to stay, up and down, four frames each; the opponent follows the ball',
    screen: [1, 84, 84],
    settings: [
      setting('points', '1', 'points that win a game', { byDefault: 21, low: 1, high: 1000, isInteger: true }),
      setting('opponent', '1', 'speed of the opponent in pixels a frame', { byDefault: 0.6, low: 0, high: 4 }),
    ],
  },
};

/** The game; undefined after reporting. */
export function lowerGame(
  { name, body, span }: DataItem,
  { game, settings }: EnvironmentClause,
  context: CheckContext,
): GameData | undefined {
  const { diagnostics } = context;
  for (const clause of body.clauses) {
    if (clause.kind === 'environment') continue;
    const text = `\`${name.name}\` is a game, which has neither files nor parts`;
    diagnostics.report(DSL_CATALOGUE, 'data-shape', { text }, { span: clause.span });
  }
  const found = checkWord(game, { what: 'game', known: GAMES }, diagnostics);
  if (!found) return undefined;
  const { settings: table, screen } = GAME_TABLE[found];
  const given = checkSettings(settings, { what: `\`${found}\``, table }, context);
  const all = settingsWithDefaults(given, table, span);
  return { name: name.name, origin: span, game: found, settings: all, samples: { shape: screen }, splits: [] };
}
