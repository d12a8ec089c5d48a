/** Lane programs: folding, and exponentials and logarithms against those of JavaScript. */
import { describe, expect, it } from 'vitest';
import { exponentialLanes, logarithmLanes } from '../../../src/devices/trains/lower-lanes.js';
import { LANE_RUNTIME, laneStatements } from '../../../src/numerics/lanes/lane-javascript.js';
import { inputsOf, LaneBuilder, neededValues, type LaneValue } from '../../../src/numerics/lanes/lane-program.js';

/** A function of `x` in JavaScript. */
function compile(write: (builder: LaneBuilder, x: LaneValue) => LaneValue): (x: number) => number {
  const builder = new LaneBuilder();
  const { lines, outputs } = laneStatements(builder.program([write(builder, builder.input('x'))]), (name) => name);
  const text = ['return (x) => {', ...lines, `return ${outputs[0]!};`, '};'].join('\n');
  return (new Function(...Object.keys(LANE_RUNTIME), text) as (...values: readonly unknown[]) => (x: number) => number)(
    ...Object.values(LANE_RUNTIME),
  );
}

describe('LaneBuilder', () => {
  it('computes what it knows, leaves out what is neutral and keeps equal values once', () => {
    const builder = new LaneBuilder();
    const [x, zero, one] = [builder.input('x'), builder.constant(0), builder.constant(1)];
    expect([builder.add(x, zero), builder.mul(one, x), builder.sub(x, zero), builder.div(x, one)]).toEqual([
      x,
      x,
      x,
      x,
    ]);
    expect(builder.mul(x, zero)).toBe(zero);
    expect(builder.constantOf(builder.add(builder.constant(0.1), builder.constant(0.2)))).toBe(
      Math.fround(Math.fround(0.1) + Math.fround(0.2)),
    );
    expect(builder.add(x, one)).toBe(builder.add(x, one));
    expect(builder.constant(-0)).toBe(zero);
  });

  it('keeps what the outputs need', () => {
    const builder = new LaneBuilder();
    const [x, y] = [builder.input('x'), builder.input('y')];
    builder.mul(x, y);
    const program = builder.program([builder.add(x, x)]);
    expect(inputsOf(program)).toEqual(['x']);
    expect(neededValues(program)).toHaveLength(2);
  });
});

describe('functions of lanes', () => {
  it('are exponentials', () => {
    const exponential = compile(exponentialLanes);
    expect(exponential(0)).toBe(1);
    for (let x = -80; x < 80; x += 0.37) {
      const error = Math.abs(exponential(Math.fround(x)) / Math.exp(Math.fround(x)) - 1);
      expect(error).toBeLessThan((1 + Math.abs(x)) * 2e-7);
    }
    expect([exponential(1e30), exponential(-1e30), exponential(NaN)].every(Number.isFinite)).toBe(true);
  });

  it('are logarithms', () => {
    const logarithm = compile(logarithmLanes);
    for (let power = -30; power < 30; power += 0.11) {
      const x = Math.fround(Math.exp(power));
      expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThan(3e-7 * (1 + Math.abs(power)));
    }
    expect([logarithm(0), logarithm(-1)].every(Number.isFinite)).toBe(true);
  });
});
