/**
 * Advantage actor-critic with several games side by side: every game is played for a segment of steps, errors go back
 * through it, and after all games one step of learning is taken. With rewards r, estimates V and discount d, a loss of
 *
 *   - log p(action) A - entropy H(p) + value (V - R)^2 / 2,  A = sum (d l)^k (r + d V' - V),  R = A + V
 *
 * in the mean over steps and games.
 *
 * @see Mnih et al., "Asynchronous methods for deep reinforcement learning", ICML 2016; Schulman et al., "High-dimensional
 * continuous control using generalized advantage estimation", ICLR 2016, for the sum with factor l
 */
import type { AgentModel, AgentStep, ThoughtErrors } from './agent-model.js';
import type { Player } from './player.js';

/** What learning is set to. */
export interface LearningChoice {
  /** Steps through which errors go back. */
  readonly segment: number;
  readonly discount: number;
  /** Factor l of the sum. */
  readonly trace: number;
  readonly entropy: number;
  readonly value: number;
  /** Longest gradient. */
  readonly clip: number;
  readonly rate: number;
}

/** Sums over steps. */
export interface SegmentScore {
  loss: number;
  steps: number;
}

/** Room for a segment. */
export class ActorCritic {
  readonly #model: AgentModel;
  readonly #choice: LearningChoice;
  readonly #steps: readonly AgentStep[];
  readonly #look: AgentStep;
  readonly #actions: Int32Array;
  readonly #rewards: Float64Array;
  readonly #errors: ThoughtErrors;

  constructor(model: AgentModel, choice: LearningChoice) {
    const { segment } = choice;
    this.#model = model;
    this.#choice = choice;
    this.#steps = Array.from({ length: segment }, () => model.createStep());
    this.#look = model.createStep();
    this.#actions = new Int32Array(segment);
    this.#rewards = new Float64Array(segment);
    this.#errors = { actions: new Float64Array(segment * model.setup.actions), values: new Float64Array(segment) };
  }

  /** One segment of every player, and one step of learning. */
  learn(players: readonly Player[]): SegmentScore {
    const score = { loss: 0, steps: 0 };
    const count = players.length * this.#choice.segment;
    for (const player of players) {
      this.#play(player);
      score.loss += this.#judge(this.#valueBehind(player), count);
      score.steps += this.#choice.segment;
      this.#model.backward(this.#steps, this.#errors);
      this.#model.layer.settle(player.memory);
    }
    this.#model.learn(this.#choice.rate, this.#choice.clip);
    return score;
  }

  #play(player: Player): void {
    this.#steps.forEach((step, at) => {
      const { action, reward, isOver } = player.play(step);
      this.#actions[at] = action;
      this.#rewards[at] = reward;
      step.fast.isLast = isOver;
    });
  }

  /** Estimate of what comes behind the segment. */
  #valueBehind({ game, memory }: Player): number {
    if (this.#steps.at(-1)?.fast.isLast) return 0;
    this.#model.forward(game.screen, memory, this.#look, true);
    return this.#look.value;
  }

  /** Writes the errors of all steps for a mean over `count`; the sum of the losses. */
  #judge(behind: number, count: number): number {
    const { discount, trace, value: weight } = this.#choice;
    let [next, sum, loss] = [behind, 0, 0];
    for (let at = this.#steps.length - 1; at >= 0; at--) {
      const step = this.#steps[at];
      if (!step) continue;
      if (step.fast.isLast) [next, sum] = [0, 0];
      sum = (this.#rewards[at] ?? NaN) + discount * next - step.value + discount * trace * sum;
      next = step.value;
      loss += this.#judgeActions(step, at, { advantage: sum, count }) + (weight * sum * sum) / 2;
      this.#errors.values[at] = (-weight * sum) / count;
    }
    return loss;
  }

  #judgeActions(
    { chances }: AgentStep,
    at: number,
    { advantage, count }: { readonly advantage: number; readonly count: number },
  ): number {
    const { entropy: factor } = this.#choice;
    const taken = this.#actions[at] ?? 0;
    let entropy = 0;
    for (const chance of chances) entropy -= chance * Math.log(Math.max(chance, LEAST));
    for (let action = 0; action < chances.length; action++) {
      const chance = chances[action] ?? NaN;
      const policy = (chance - Number(action === taken)) * advantage;
      const spread = chance * (Math.log(Math.max(chance, LEAST)) + entropy);
      this.#errors.actions[at * chances.length + action] = (policy + factor * spread) / count;
    }
    return -Math.log(Math.max(chances[taken] ?? NaN, LEAST)) * advantage - factor * entropy;
  }
}

/** Chances below count as this much in logarithms. */
const LEAST = 1e-300;
