/** The register map in other languages: compilers of each read it, and what they see equals the one model. */
import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { ERROR_CODES } from '../../../src/ir/error-codes.js';
import type { LegalModule, MemoryWindow, Register } from '../../../src/ir/legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { ARM_KEYS } from '../../../src/ir/register-map.js';
import { INTERRUPTS } from '../../../src/ir/blocks/monitor.js';
import { freeze } from '../../../src/ir/passes/freeze.js';
import { allBlocksProgram } from '../../support/all-blocks.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { hasTool, runTool } from '../../support/external-tool.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';
import { hasPythonPackages, PYTHON } from '../../support/python.js';

const CONTROLLERS = [
  [3, 5, 1],
  [64, 64, 3],
  [4, 130, 2],
].map(([rows = 1, columns = 1, seed = 1]) => {
  const legal = encode(scheduledModule(randomProgram(rows, columns, seed), rows === 3 ? 1e-5 : undefined));
  const artifacts = emitSystemVerilog(legal, HARDWARE_SOURCES);
  const textOf = (extension: string): string =>
    artifacts.find(({ path }) => path === `rtl/${legal.name}_registers.${extension}`)?.text ?? '';
  return { title: `${String(rows)} x ${String(columns)}`, legal, textOf };
});

function windowsOf({ windows }: LegalModule): readonly (MemoryWindow & { readonly name: string })[] {
  return Object.entries<MemoryWindow>({ ...windows })
    .filter(([, { depth }]) => depth > 0)
    .map(([name, window]) => ({ ...window, name: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) }));
}

function resetOf({ fields }: Register): number {
  return fields.reduce((word, { lsb, reset }) => word + reset * 2 ** lsb, 0);
}

/** Fields of the words that a host writes, by the part of a macro that names the word. */
function wordFields({ opFormat, entryFormat }: LegalModule) {
  return [
    ['word', opFormat.fields],
    ['entry', entryFormat.fields],
  ] as const;
}

/** What each macro of the header must be, from the model. */
function macros(legal: LegalModule): readonly (readonly [string, number])[] {
  const of = (...names: readonly string[]): string => [legal.name, ...names].join('_').toUpperCase();
  return [
    [of('spec'), legal.specHash],
    ...legal.registers.flatMap((register) => [
      [of(register.name, 'offset'), register.offset] as const,
      ...(register.access === 'rw' ? [[of(register.name, 'reset'), resetOf(register)] as const] : []),
      ...register.fields.flatMap(({ name, lsb, width }) => {
        const names = name === 'value' ? [register.name] : [register.name, name];
        return [
          [of(...names, 'shift'), lsb],
          [of(...names, 'mask'), Number(((1n << BigInt(width)) - 1n) << BigInt(lsb))],
        ] as const;
      }),
    ]),
    ...windowsOf(legal).flatMap(
      ({ name, base, depth, lanes, laneStride }) =>
        [
          [of(name, 'base'), base],
          [of(name, 'depth'), depth],
          [of(name, 'lanes'), lanes],
          [of(name, 'stride'), 4 * laneStride],
        ] as const,
    ),
    [of('start'), legal.program.entry],
    [of('start_without_work'), legal.program.entryWithoutWork],
    [of('data_sets'), legal.dataSets.length],
    ...legal.dataSets.flatMap(({ entry, entries, resultSteps }, index) => {
      const name = `data_${String(index)}`;
      return [
        [of(name, 'start'), entry],
        [of(name, 'entries'), entries.length],
        [of(name, 'steps'), resultSteps],
      ] as const;
    }),
    ...wordFields(legal).flatMap(([word, fields]) =>
      fields.flatMap(({ name, lsb, width }) => [
        [of(word, name, 'lsb'), lsb] as const,
        [of(word, name, 'width'), width] as const,
      ]),
    ),
    ...ARM_KEYS.map((key, index) => [of('arm_key', String(index + 1)), key] as const),
    ...ERROR_CODES.map(({ name, code }) => [of('error', name), code] as const),
  ];
}

/** A program that compiles only where every macro has its value. */
function checkedIn(legal: LegalModule, expected: readonly (readonly [string, number])[]): string {
  const checks = expected.map(([name, value]) => `static_assert((${name}) == ${String(value)}u, "${name}");`);
  return ['#include <assert.h>', `#include "${legal.name}_registers.h"`, ...checks, ''].join('\n');
}

const COMPILERS = [
  ['gcc', 'check.c', '-std=c11'],
  ['g++', 'check.cpp', '-std=c++17'],
] as const;

describe.each(CONTROLLERS)('the registers of $title lines', ({ legal, textOf }) => {
  it.skipIf(!hasTool('gcc')).each(COMPILERS)(
    '%s: the header compiles and has the numbers of the model',
    (tool, file, standard) => {
      const header = { path: `${legal.name}_registers.h`, text: textOf('h') };
      const compile = (expected: readonly (readonly [string, number])[]) =>
        runTool(
          tool,
          [standard, '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-fsyntax-only', file],
          [header, { path: file, text: checkedIn(legal, expected) }],
        );
      const expected = macros(legal);
      expect(compile(expected)).toEqual({ output: '', isGood: true });
      expect(compile(expected.map(([name, value], at) => [name, at === 7 ? value + 1 : value])).isGood).toBe(false);
      const defined = [...header.text.matchAll(/^#define (\w+) /gm)].map(([, name]) => name);
      expect(new Set(defined).size).toBe(defined.length);
    },
  );

  it('are a TypeScript module with the numbers of the model', async () => {
    const text = textOf('ts');
    const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext } });
    const module = (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)) as unknown;
    expect({ ...(module as object) }).toEqual({
      SPEC_HASH: legal.specHash,
      REGISTERS: Object.fromEntries(
        legal.registers.map((register) => [
          register.name,
          {
            offset: register.offset,
            access: register.access,
            reset: resetOf(register),
            fields: Object.fromEntries(
              register.fields.map(({ name, lsb, width, reset }) => [
                name,
                { lsb, width, reset, mask: Number(((1n << BigInt(width)) - 1n) << BigInt(lsb)) },
              ]),
            ),
          },
        ]),
      ),
      WINDOWS: Object.fromEntries(
        windowsOf(legal).map(({ name, base, depth, lanes, laneStride }) => [
          name,
          { base, depth, lanes, stride: 4 * laneStride },
        ]),
      ),
      START: legal.program.entry,
      START_WITHOUT_WORK: legal.program.entryWithoutWork,
      DATA_SETS: legal.dataSets.map(({ entry, entries, resultSteps }) => ({
        start: entry,
        entries: entries.length,
        resultSteps,
      })),
      ...Object.fromEntries(
        wordFields(legal).map(([word, fields]) => [
          word === 'word' ? 'PROGRAM_WORD' : 'WORK_ENTRY',
          Object.fromEntries(fields.map(({ name, lsb, width }) => [name, { lsb, width }])),
        ]),
      ),
      ARM_KEYS: [...ARM_KEYS],
      ERRORS: Object.fromEntries(ERROR_CODES.map(({ code, name }) => [code, name])),
    });
  });

  it.skipIf(!hasPythonPackages('systemrdl'))('are SystemRDL that its compiler reads back as the model', () => {
    const { output, isGood } = runTool(
      PYTHON,
      ['read.py', 'registers.rdl'],
      [
        { path: 'read.py', text: READ_RDL },
        { path: 'registers.rdl', text: textOf('rdl') },
      ],
    );
    expect(isGood, output).toBe(true);
    expect(JSON.parse(output)).toEqual({
      registers: legal.registers.map(({ name, offset, access, from, lockedWhile, fields }) => ({
        name,
        offset,
        width: 32,
        lockedWhile: lockedWhile ?? null,
        fields: fields.map((field) => ({
          name: field.name,
          lsb: field.lsb,
          width: field.width,
          access,
          isConstant: from === 'constant',
          reset: access === 'wo' || from === 'hardware' ? null : field.reset,
        })),
      })),
      windows: windowsOf(legal).map(({ name, base, depth, laneStride }) => ({
        name,
        base,
        bytes: 4 * laneStride * depth,
        access: name === 'result' ? 'r' : 'rw',
      })),
    });
  });
});

describe('the register document', () => {
  const documentOf = (module: LegalModule): string =>
    emitSystemVerilog(module, HARDWARE_SOURCES).find(({ path }) => path.endsWith('_registers.md'))?.text ?? '';
  const faultsIn = (text: string): readonly string[] =>
    [...(text.split('\n## ').find((part) => part.startsWith('Faults')) ?? '').matchAll(/^\| \d+ \| (\w+) \|/gm)].map(
      ([, name = '']) => name,
    );
  const interruptsIn = (text: string): readonly string[] =>
    [...text.matchAll(/intr_state\.(\w+)/g)].map(([, name = '']) => name);

  it('lists the interrupts and faults that the controller can raise', () => {
    const plain = documentOf(encode(scheduledModule(randomProgram(3, 5, 1))));
    expect(interruptsIn(plain)).toEqual(['done', 'fault', 'underrun', 'result_ready']);
    const common = ['none', 'on_time', 'over_current', 'over_temperature', 'emergency_stop', 'not_armed'];
    const later = ['converter_timeout', 'underrun', 'bad_word', 'no_entry', 'results_full'];
    expect(faultsIn(plain)).toEqual([...common, ...later]);
    const whole = documentOf(encode(scheduledModule(allBlocksProgram(8, 8))));
    expect(interruptsIn(whole)).toEqual([...INTERRUPTS]);
    // Whether a failed verify and worn rows are faults is up to the program; the host itself tells a wrong chip
    const ofProgram = ['verify_failed', 'wear_limit'];
    const others = ERROR_CODES.map(({ name }) => name).filter((name) => !ofProgram.includes(name));
    expect(faultsIn(whole).filter((name) => !ofProgram.includes(name))).toEqual(
      others.filter((name) => name !== 'spec_mismatch'),
    );
  });

  it('says where a run starts, and that a frozen program is not loaded and cannot be damaged', () => {
    const loaded = encode(scheduledModule(randomProgram(3, 5, 1)));
    const [plain, frozen] = [documentOf(loaded), documentOf(freeze(loaded))];
    expect(plain).toContain(`A run starts where \`cmd\` says: at ${String(loaded.program.entry)}, or`);
    expect(faultsIn(frozen)).toEqual(faultsIn(plain).filter((name) => name !== 'bad_word'));
    expect(frozen).toContain('there is nothing to load');
    expect(plain).not.toContain('there is nothing to load');
  });
});

it('the TypeScript module type-checks', () => {
  const text = CONTROLLERS[0]?.textOf('ts') ?? '';
  expect(typeErrors(text)).toEqual([]);
  expect(typeErrors(text.replace('offset: 0x000', 'offset: nowhere'))).not.toEqual([]);
});

/** Messages of the compiler about a module of this text. */
function typeErrors(text: string): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es5.d.ts'],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version) =>
    name === 'registers.ts' ? ts.createSourceFile(name, text, version) : getSourceFile.call(host, name, version);
  const program = ts.createProgram(['registers.ts'], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** Prints what the SystemRDL compiler has understood. */
const READ_RDL = `
import json, sys
from systemrdl import RDLCompiler
from systemrdl.node import MemNode, RegNode

compiler = RDLCompiler()
compiler.compile_file(sys.argv[1])
top = compiler.elaborate().top

def access(field):
    sw = field.get_property('sw').name
    return 'rw1c' if field.get_property('onwrite') is not None else {'r': 'ro', 'w': 'wo', 'rw': 'rw'}[sw]

def of_field(field):
    return {
        'name': field.inst_name, 'lsb': field.lsb, 'width': field.width, 'access': access(field),
        'isConstant': field.get_property('hw').name == 'na', 'reset': field.get_property('reset'),
    }

print(json.dumps({
    'registers': [{
        'name': node.inst_name, 'offset': node.absolute_address, 'width': node.get_property('regwidth'),
        'lockedWhile': node.get_property('locked_while', default=None), 'fields': [of_field(f) for f in node.fields()],
    } for node in top.children() if isinstance(node, RegNode)],
    'windows': [{
        'name': node.inst_name, 'base': node.absolute_address, 'bytes': node.size,
        'access': node.get_property('sw').name,
    } for node in top.children() if isinstance(node, MemNode)],
}))
`;
