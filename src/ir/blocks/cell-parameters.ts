/** Parameters of a cell as its instance in the top module states them. */

/** Name of a parameter and the SystemVerilog text of its value. */
export interface CellParameter {
  readonly port: string;
  readonly signal: string;
}

/** `values` in their order; integers. */
export function cellParameters(values: Readonly<Record<string, number>>): readonly CellParameter[] {
  return Object.entries(values).map(([port, value]) => ({ port, signal: String(value) }));
}
