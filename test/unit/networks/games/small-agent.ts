/** A small agent for tests. */
import { AgentModel } from '../../../../src/networks/games/agent-model.js';

export const SCREEN = { rows: 12, columns: 12, channels: 1 };

/** Two convolutions, five neurons, three actions. */
export function createAgent(inputLength: number): AgentModel {
  return new AgentModel({
    screen: SCREEN,
    windows: [
      { side: 4, stride: 2, channels: 3 },
      { side: 2, stride: 1, channels: 4 },
    ],
    units: 5,
    actions: 3,
    inputLength,
    decay: { scale: 0.9, parameter: parameter('decay', 0.5, { low: 0.3, high: 0.9 }) },
    gain: { scale: 1, parameter: parameter('gain', 0.5) },
    seed: 3,
  });
}

function parameter(name: string, value: number, bounds?: { readonly low: number; readonly high: number }) {
  const place = { offset: 0, line: 1, column: 1 };
  return {
    name,
    per: 'synapse' as const,
    value,
    unit: { symbol: '1', scale: 1 },
    origin: { file: 'a.ion', start: place, end: place },
    ...(bounds && { bounds }),
  };
}
