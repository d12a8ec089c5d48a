/**
 * Forward and backward sweeps through factored ladders, the inner loops of the array solve:
 *   y[k] = f[k] + share[k-1] y[k-1],   u[k] = share[k] (ohms y[k] + u[k+1]).
 * A sweep along one ladder waits for its own last result at every node, so several ladders go side by side.
 */

/** Ladders of one direction. */
export interface Ladders {
  readonly shares: Float64Array;
  readonly ohms: number;
  readonly lineCount: number;
  readonly cellCount: number;
}

/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index is below lineCount x cellCount; a check per number costs a fifth of the time */

/** Ladders along rows: four at a time hide the latency of one. */
export function solveRows(ladders: Ladders, currents: Float64Array, volts: Float64Array): void {
  const { lineCount, cellCount } = ladders;
  const blocked = lineCount - (lineCount % 4);
  for (let line = 0; line < blocked; line += 4) solveFourRows(ladders, currents, volts, line * cellCount);
  for (let line = blocked; line < lineCount; line++) solveRow(ladders, currents, volts, line * cellCount);
}

function solveFourRows(ladders: Ladders, f: Float64Array, u: Float64Array, start: number): void {
  const { shares, ohms, cellCount: n } = ladders;
  let [a, b, c, d] = [start, start + n, start + 2 * n, start + 3 * n];
  let [ya, yb, yc, yd] = [f[a]!, f[b]!, f[c]!, f[d]!];
  for (const end = start + n - 1; a < end;) {
    u[a] = ya;
    u[b] = yb;
    u[c] = yc;
    u[d] = yd;
    ya = ya * shares[a]! + f[++a]!;
    yb = yb * shares[b]! + f[++b]!;
    yc = yc * shares[c]! + f[++c]!;
    yd = yd * shares[d]! + f[++d]!;
  }
  ya = u[a] = shares[a]! * ohms * ya;
  yb = u[b] = shares[b]! * ohms * yb;
  yc = u[c] = shares[c]! * ohms * yc;
  yd = u[d] = shares[d]! * ohms * yd;
  while (a > start) {
    a--;
    b--;
    c--;
    d--;
    ya = u[a] = shares[a]! * (ohms * u[a]! + ya);
    yb = u[b] = shares[b]! * (ohms * u[b]! + yb);
    yc = u[c] = shares[c]! * (ohms * u[c]! + yc);
    yd = u[d] = shares[d]! * (ohms * u[d]! + yd);
  }
}

function solveRow({ shares, ohms, cellCount }: Ladders, f: Float64Array, u: Float64Array, start: number): void {
  let y = 0;
  for (let at = start; at < start + cellCount; at++) {
    y += f[at]!;
    u[at] = y;
    y *= shares[at]!;
  }
  y = 0;
  for (let at = start + cellCount - 1; at >= start; at--) {
    y = shares[at]! * (ohms * u[at]! + y);
    u[at] = y;
  }
}

/** Ladders along columns: all of them step by step, so that memory is read in order. */
export function solveColumns(ladders: Ladders, f: Float64Array, u: Float64Array): void {
  const { shares, ohms, lineCount: n, cellCount } = ladders;
  const length = n * cellCount;
  for (let at = 0; at < n; at++) u[at] = f[at]!;
  for (let at = n, before = 0; at < length; at++, before++) u[at] = f[at]! + shares[before]! * u[before]!;
  for (let at = length - n; at < length; at++) u[at] = shares[at]! * ohms * u[at]!;
  for (let at = length - n - 1, after = length - 1; at >= 0; at--, after--)
    u[at] = shares[at]! * (ohms * u[at]! + u[after]!);
}
