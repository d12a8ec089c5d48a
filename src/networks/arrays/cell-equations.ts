/** Equations of a device as generated code over the cells of an array: what they are called there, and how they are made. */
import type { DeviceModel } from '../../devices/device-model.js';
import { ExpressionWriter, type Binding } from '../../devices/expression-writer.js';
import type { Expression } from '../../devices/expression.js';
import { identityOf, longListsIn } from '../../devices/long-list.js';
import type { TileStorage } from '../../devices/tile-physics.js';
import { evaluateWith, namesOfDevice } from '../../devices/trains/handler-effect.js';
import { interpolateGrid } from '../../numerics/interpolate-grid.js';
import { interpolate } from '../../numerics/interpolate.js';
import { curvatureOfLabel } from '../../numerics/nonlinearity-label.js';
import { remainder } from '../../numerics/remainder.js';
import { roundHalfAwayFromZero } from '../../numerics/rounding.js';

const RUNTIME = { curvatureOfLabel, interpolate, interpolateGrid, remainder, roundHalfAwayFromZero };

/** Conductances in which an array is used [S]. */
export type Window = TileStorage['window'];

/** What is called what in a text: a spread per device and a modulator have a value per cell. */
export type NameTexts = ReadonlyMap<string, string>;

/** Writes equations of one device in one window. */
export class CellEquations {
  readonly #device: DeviceModel;
  readonly #names: Map<string, Expression>;

  constructor(device: DeviceModel, window: Window) {
    this.#device = device;
    const chosen = { ...windowShell(device), ...window, name: 'chosen' };
    this.#names = namesOfDevice({ ...device, modulators: [], windows: [chosen], defaultWindow: 'chosen' });
  }

  /** An equation with the numbers of the device put in. */
  simplify(expression: Expression): Expression {
    return evaluateWith(expression, this.#names);
  }

  /**
   * A function of these parameters whose body is made of texts of equations. Code refers to the arrays of a storage:
   * `u<i>[cell]` are spreads per device, `m<i>[cell]` modulators.
   */
  compile<Made>(
    { storage, parameters }: { readonly storage: TileStorage; readonly parameters: readonly string[] },
    equations: readonly Expression[],
    names: NameTexts,
    body: (texts: readonly string[]) => readonly string[],
  ): Made {
    const simple = equations.map((equation) => this.simplify(equation));
    const lists = longListsIn(simple);
    const { spreads, modulators } = this.#device;
    const given = [
      ...spreads.map(({ name }, index) => [name, `u${String(index)}[cell]`] as const),
      ...modulators.map(({ name }, index) => [name, `m${String(index)}[cell]`] as const),
      ...names,
    ];
    const bindings = new Map<string, Binding>([
      ...given.map(([name, text]) => [name, { text, level: 'cell' }] as const),
      ...lists.map((list, index) => [identityOf(list), { text: `q${String(index)}`, level: 'literal' }] as const),
    ]);
    const writer = new ExpressionWriter(bindings, []);
    const texts = simple.map((equation) => writer.write(equation, 'cell'));
    const shared = [
      ...spreads.map((_, index) => `const u${String(index)} = storage.variates[${String(index)}];`),
      ...modulators.map((_, index) => `const m${String(index)} = storage.modulators[${String(index)}];`),
      ...this.#device.states.map((_, index) => `const s${String(index)} = storage.states[${String(index)}];`),
    ];
    const text = [...shared, `return (${parameters.join(', ')}) => {`, ...body(texts), '};'].join('\n');
    // The constructor makes what the text returns.
    const make = new Function(
      ...Object.keys(RUNTIME),
      ...lists.map((_, index) => `q${String(index)}`),
      'storage',
      text,
    );
    return (make as (...values: readonly unknown[]) => Made)(...Object.values(RUNTIME), ...lists, storage);
  }
}

/** A window of the device without its bounds; for devices that have none, one of nobody. */
function windowShell({ windows, origin }: DeviceModel): DeviceModel['windows'][number] {
  const provenance = { source: 'chosen by the network', confidence: 'estimate' } as const;
  return windows[0] ?? { name: '', low: NaN, high: NaN, provenance, origin };
}
