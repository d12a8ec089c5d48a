/** Timing diagrams of runs: what they show is what happened, and both drawings show the same. */
import { describe, expect, it } from 'vitest';
import { timingFile } from '../../../../src/report/timing-svg.js';
import { textDiagram } from '../../../../src/cosim/observe/text-diagram.js';
import { timingDiagram, type Trace } from '../../../../src/cosim/observe/timing-diagram.js';
import { wavedromText } from '../../../../src/cosim/observe/wavedrom.js';
import type { ControllerEvent } from '../../../../src/ir/events.js';
import { ORIGIN } from '../../../support/mapped-fixture.js';
import { observeExample } from '../../../support/observed-run.js';

const event = (clock: number, clocks: number, rows: readonly number[], fires: boolean): ControllerEvent => ({
  ...{ kind: 'segment', clock, clocks, rows, columns: [], railSet: fires ? 1 : 0 },
  ...{ negative: false, fires, origin: ORIGIN },
});

const TRACE: Trace = {
  program: { rows: 2, columns: 1, tiles: 1 },
  events: [
    event(0, 4, [1], true),
    event(4, 30, [], false),
    { kind: 'sample', clock: 10, share: 3, origin: ORIGIN },
    event(34, 0, [0], true),
  ],
  notes: [{ clock: 4, text: 'rest' }],
};

describe('a timing diagram', () => {
  it('draws every clock as text', () => {
    const text = textDiagram(timingDiagram(TRACE, { from: 0, clocks: 12 }));
    expect(text.split('\n')).toEqual([
      'clock     0         10',
      'row 0     ............',
      'row 1     ####........',
      'column 0  ............',
      'rail      111100000000',
      'polarity  ++++........',
      'fire      ~~~~________',
      'convert             |',
      'share               3',
      'program       |rest',
    ]);
  });

  it('leaves out what is quiet, and says where', () => {
    const diagram = timingDiagram(TRACE, { from: 0, clocks: 36, quietClocks: 2 });
    const clocks = diagram.columns.map((column) => (column.kind === 'clock' ? column.clock : '|'));
    expect(clocks).toEqual([0, 1, '|', 4, 5, '|', 10, 11, 12, '|', 34, 35]);
    expect(JSON.parse(wavedromText(diagram, 'a run'))).toEqual({
      head: { text: 'a run' },
      signal: [
        { name: 'row 0', wave: '0.|0.|0..|1x' },
        { name: 'row 1', wave: '1.|0.|0..|0x' },
        { name: 'column 0', wave: '0.|0.|0..|0x' },
        { name: 'rail', wave: '=.|=.|=..|=x', data: ['1', '0', '0', '1'] },
        { name: 'polarity', wave: '=.|z.|z..|=x', data: ['+', '+'] },
        { name: 'fire', wave: '1.|0.|0..|1x' },
        { name: 'convert', wave: '0.|0.|10.|0.' },
        { name: 'share', wave: 'z.|z.|=z.|z.', data: ['3'] },
        { name: 'source', wave: 'z.|=.|...|..', data: ['rest'] },
        { name: 'clock', wave: '=.|=.|=..|=.', data: ['0', '4', '10', '34'] },
      ],
      config: { hscale: 1 },
    });
  });

  it('becomes a picture with a path or boxes for every signal', () => {
    const diagram = timingDiagram(TRACE, { from: 0, clocks: 36, quietClocks: 2 });
    const picture = timingFile(diagram, 'rows < columns & more');
    expect(picture).toMatch(
      /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="\d+" height="\d+" viewBox="0 0 \d+ \d+" role="img">\n/,
    );
    expect(picture).toContain('<title>rows &lt; columns &amp; more</title>');
    for (const { name } of diagram.rows) expect(picture).toContain(`>${name}</text>`);
    const bits = diagram.rows.filter(({ kind }) => kind === 'bit').length;
    // Three gaps; the polarity has no value once, the share of the converters twice
    expect(picture.match(/<path /g)?.length).toBe(bits + 3 + 3);
    expect(picture).not.toMatch(/NaN|undefined|var\(/);
  });

  it('draws neighboring lines at rest as one', () => {
    const trace = { ...TRACE, program: { rows: 4, columns: 3, tiles: 1 }, events: [event(0, 4, [1], true)] };
    const picture = timingFile(timingDiagram(trace, { from: 0, clocks: 4 }), 'a run');
    const names = [...picture.matchAll(/>((?:row|column)s? [^<]*)</g)].map(([, name]) => name);
    expect(names).toEqual(['row 0', 'row 1', 'rows 2..3', 'columns 0..2']);
  });
});

describe('of a run', () => {
  it('shows its first events with the lines of the source', async () => {
    const { observations } = await observeExample({ observe: { diagram: {} } });
    const { trace, window } = observations!.diagram!;
    expect(trace.events).toHaveLength(60);
    expect(window.from).toBe(trace.events[0]?.clock);
    expect(trace.notes[0]).toEqual({ clock: window.from, text: 'line 26, w3' });
    expect(trace.events.filter((each) => each.kind === 'segment' && each.fires)).toHaveLength(30);
    expect(timingDiagram(trace, window).columns.length).toBeLessThanOrEqual(4 * 60 + 1);
  });

  it('keeps to its window, in which converters may work', async () => {
    const whole = await observeExample({ observe: { wave: {} } });
    const { wave } = whole.observations!;
    const convert = wave!.signals.findIndex(({ name }) => name === 'convert');
    const strobe = wave!.clocks[wave!.ids.findIndex((id, at) => id === convert && wave!.values[at] === 1)]!;
    const [fromSeconds, toSeconds] = [(strobe - 50) / 10e6, (strobe + 500) / 10e6];
    const { observations } = await observeExample({ observe: { diagram: { fromSeconds, toSeconds } } });
    const { trace, window } = observations!.diagram!;
    expect(window.from).toBe(strobe - 50);
    // The run ends within it
    expect(window.clocks).toBeLessThanOrEqual(550);
    expect(window.clocks).toBeGreaterThan(500);
    const samples = trace.events.filter(({ kind }) => kind === 'sample');
    expect(samples[0]).toMatchObject({ clock: strobe, share: 0 });
    expect(samples.length).toBeGreaterThan(1);
    const clocks = trace.events.map(({ clock }) => clock);
    expect(clocks).toEqual([...clocks].sort((one, other) => one - other));
  });
});
