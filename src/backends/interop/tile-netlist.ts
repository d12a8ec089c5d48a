/** A tile of a program's chip as a netlist that ngspice runs as it is. */
import { numberText } from '../../devices/expression-writer.js';
import type { MappedModule } from '../../ir/mapped.js';
import type { ScheduledModule } from '../../ir/scheduled.js';
import type { End, LineDirection } from '../../numerics/crossbar/crossbar.js';
import type { Subcircuit } from './device-subcircuit.js';
import { comment, continued } from './netlist-text.js';
import { commentText, placeText } from './spice-names.js';
import { cellElements, driverElements, sourceName, wireElements, type TileCircuit } from './tile-circuit.js';
import { tileStimulus, type TileStimulus } from './tile-stimulus.js';

/** Cells whose states are printed, at most. */
const MAX_MEASURED = 16;

/** Time steps between two points of the output. */
const OUTPUT_POINTS = 500;

/** The netlist of the tile of `scheduled`, whose cells are `cell`; undefined where its program writes nothing. */
export function tileNetlist(scheduled: ScheduledModule, cell: Subcircuit): string | undefined {
  const stimulus = tileStimulus(scheduled);
  if (!stimulus) return undefined;
  const { mapped } = scheduled;
  const circuit = tileCircuit(mapped, cell, stimulus);
  const lines = [
    ...headerLines(mapped, stimulus),
    '',
    `.include ${cell.name}.sub`,
    '.options reltol=1e-5',
    '',
    comment('Drivers; row voltages count against column voltages'),
    ...driverElements(circuit).flatMap(continued),
    ...section('Wires from cell to cell', wireElements(circuit)),
    ...section('Cells', cellElements(circuit)),
    '',
    `.tran ${time(stimulus.seconds / OUTPUT_POINTS)} ${time(stimulus.seconds)} uic`,
    ...measurements(mapped, cell, stimulus),
    '.end',
  ];
  return `${lines.join('\n')}\n`;
}

function headerLines(mapped: MappedModule, { summary }: TileStimulus): readonly string[] {
  const { experiment, rows, columns, device, source, wires } = mapped;
  const size = `${String(rows)} x ${String(columns)} cells of ${device.name}`;
  const drops = wires
    ? `Lines have ${numberText(wires.ohmsPerCell)} ohm per cell, drivers ${numberText(wires.driverOhms)} ohm.`
    : 'Lines and drivers have no resistance.';
  return [
    `Tile of chip ${experiment.chip} in experiment ${experiment.name}: ${size}`,
    `Made by Ionloom from ${placeText(source, experiment.origin.start.line)}. All numbers are SI base units.`,
    ...summary,
    `${drops} Line capacitance is left out: it costs energy, and does not move the cells.`,
  ].map((text) => comment(commentText(text)));
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', comment(title), ...lines];
}

function tileCircuit(mapped: MappedModule, cell: Subcircuit, stimulus: TileStimulus): TileCircuit {
  const { wires, rows, columns, experiment } = mapped;
  const ohmsPerCell = wires?.ohmsPerCell ?? 0;
  const ohms = (wires?.driverOhms ?? 0) + ohmsPerCell;
  const drive = (direction: LineDirection, line: number, end: End) =>
    end === 'near' || wires?.bothEnds ? { ohms, source: stimulus.source(direction, line) } : undefined;
  const subcircuit = [cell.name, ...cell.settingsIn(experiment.program.window)].join(' ');
  return {
    rows,
    columns,
    ohmsPerCell: { row: ohmsPerCell, column: ohmsPerCell },
    terminal: drive,
    cell: (row, column, nodes) => `X${String(row)}_${String(column)} ${nodes} ${subcircuit}`,
  };
}

function measurements(mapped: MappedModule, cell: Subcircuit, stimulus: TileStimulus): readonly string[] {
  return [...stateMeasurements(cell, stimulus, mapped), ...currentMeasurements(mapped, stimulus)];
}

/** The first state of the pulsed cells, in its own unit. */
function stateMeasurements(
  cell: Subcircuit,
  { pulsed, pulseEnd }: TileStimulus,
  mapped: MappedModule,
): readonly string[] {
  const [state] = mapped.device.states;
  const scale = cell.scales.find((candidate) => candidate.state.name === state?.name);
  if (!state || !scale) return [];
  const start = cell.startOf(state.name, mapped.experiment.program.window);
  const cells = pulsed.rows.flatMap((row) => pulsed.columns.map((column) => `${String(row)}_${String(column)}`));
  return [
    '',
    comment(`State ${commentText(state.name)} of the pulsed cells behind the pulse, from the voltage of its node`),
    ...cells
      .slice(0, MAX_MEASURED)
      .flatMap((place) => [
        `.meas tran x_${place} FIND v(x${place}.${cell.nodeOf(state.name)}) AT=${time(pulseEnd)}`,
        `.meas tran state_${place} PARAM='${numberText(start)} + ${numberText(scale.span)}*x_${place}'`,
      ]),
  ];
}

/** Currents into the sources of the columns while they are read. */
function currentMeasurements({ columns, wires }: MappedModule, { readAt }: TileStimulus): readonly string[] {
  if (readAt === undefined) return [];
  const ends: readonly End[] = wires?.bothEnds ? ['near', 'far'] : ['near'];
  return [
    '',
    comment('Currents out of the columns while they are read'),
    ...Array.from({ length: columns }, (_, line) => line).flatMap((line) =>
      ends.map((end) => {
        const source = sourceName('column', line, end).toLowerCase();
        return `.meas tran i_${source.slice(1)} FIND i(${source}) AT=${time(readAt)}`;
      }),
    ),
  ];
}

function time(seconds: number): string {
  return numberText(Number(seconds.toPrecision(12)));
}
