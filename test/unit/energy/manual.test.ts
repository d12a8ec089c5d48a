/** `docs/energy.md` holds every number of every technology, as the estimate reads it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  CELL_FARADS,
  TECHNOLOGIES,
  TECHNOLOGY_NAMES,
  WIRE_FARADS_PER_METRE,
  type ConversionTerm,
  type Technology,
  type Term,
} from '../../../src/backends/energy/terms.js';
import { formatArea, formatAreaInterval, formatInterval, formatQuantity } from '../../../src/units/format-quantity.js';
import { REPOSITORY } from '../../support/golden.js';

const MANUAL = join(REPOSITORY, 'docs/energy.md');
const PRESETS = /(<!-- presets -->\n).*?(?=<!-- \/presets -->)/s;

type Row = readonly [what: string, unit: string, term: Term];

function conversionRow(name: string, term: ConversionTerm): Row {
  const what = `conversion, ${name}`;
  switch (term.kind) {
    case 'per-conversion':
      return [what, 'J', term.joules];
    case 'per-step':
      return [`${what}, per step`, 'J', term.joules];
    case 'column':
      return [`${what}, factor on the formula`, '1', term.factor];
  }
}

function rowsOf(technology: Technology): readonly Row[] {
  const { digital, area, conversions } = technology;
  return [
    ['line switch, per transition', 'J', technology.lineSwitch],
    ['line driver, with a pitch', 'F', technology.driverFarads],
    ['rail update', 'J', technology.railUpdate],
    ['rail converter and buffer', 'W', technology.railBuffer],
    ...(conversions
      ? Object.entries(conversions).map(([name, term]) => conversionRow(name, term))
      : [conversionRow('given part', technology.conversion)]),
    ['idle converter', 'W', technology.converterIdle],
    ['current input', 'W', technology.currentInput],
    ...digitalRows(digital),
    ['edge of the bus of address events', 'J', technology.busEdge],
    ...((area
      ? [
          ['area of a gate equivalent', 'm²', area.perGate],
          ['area of a converter', 'm²', area.perConverter],
        ]
      : []) satisfies Row[]),
  ];
}

function digitalRows(digital: Technology['digital']): readonly Row[] {
  if (digital.kind === 'free-running') {
    return [
      ['controller, per clock', 'J', digital.perClock],
      ['controller, static', 'W', digital.static],
    ];
  }
  return [
    ['clock of a flip-flop', 'J', digital.perFlipFlopEdge],
    ['toggle of a gate', 'J', digital.perGateToggle],
    ['fetch of a program word', 'J', digital.perFetch],
    ['word of a small memory', 'J', digital.perMemoryWord],
    ['leakage of a gate equivalent', 'W', digital.staticPerGate],
  ];
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(([what, unit, { low, typical, high, source, confidence }]) => {
    const isArea = unit === 'm²';
    const value = isArea ? formatArea(typical) : formatQuantity(typical, unit, 2);
    const interval = isArea ? formatAreaInterval(low, high) : formatInterval(low, high, unit);
    return `| ${what} | ${value} | ${interval} | ${source} | ${confidence} |`;
  });
  return ['| what | typical | interval | source | confidence |', '| - | -: | -: | - | - |', ...lines, ''].join('\n');
}

function expected(): string {
  const common = tableOf([
    ['wire, per metre', 'F', WIRE_FARADS_PER_METRE],
    ['cell, with a pitch that gives none', 'F', CELL_FARADS],
  ]);
  const parts = TECHNOLOGY_NAMES.map(
    (name) => `\n### ${name}\n\n${TECHNOLOGIES[name].summary}\n\n${tableOf(rowsOf(TECHNOLOGIES[name]))}`,
  );
  return `\nArrays with a \`pitch\`, whatever controls them:\n\n${common}${parts.join('')}\n`;
}

it('has the table of every technology', () => {
  const manual = readFileSync(MANUAL, 'utf8');
  const table = expected();
  if (process.env['UPDATE_GOLDENS'] === '1') {
    writeFileSync(
      MANUAL,
      manual.replace(PRESETS, (_, mark: string) => `${mark}${table}`),
    );
    return;
  }
  expect(PRESETS.exec(manual)?.[0]).toBe(`<!-- presets -->\n${table}`);
});

it('tells every term of every technology', () => {
  for (const name of TECHNOLOGY_NAMES) {
    const told = new Set(rowsOf(TECHNOLOGIES[name]).map(([, , term]) => term));
    JSON.stringify(TECHNOLOGIES[name], (_key, value: unknown) => {
      const isTerm = typeof value === 'object' && value !== null && 'low' in value && 'typical' in value;
      if (isTerm) expect(told.has(value as Term)).toBe(true);
      return value;
    });
  }
});
