/** The SystemVerilog back end: a legal module becomes files; nothing is decided here any more. */
import type { Artifact } from '../../core/artifact.js';
import type { Lanes, LegalModule } from '../../ir/legal.js';
import type { HardwareSources, SourceText } from './hardware-sources.js';
import { assertionsView, hexWord, listingView, railsView, registersDocumentView } from './document-views.js';
import { constraintsView, coreView } from './integration-views.js';
import { ipxactView } from './ipxact-view.js';
import { sourceMapText } from './source-map-text.js';
import { registersCodeView, registersRdlView } from './register-views.js';
import { regsView } from './regs-view.js';
import { programModule, programView } from './program-view.js';
import { benchView } from './bench-view.js';
import { driverDataView, driverView } from './driver-view.js';
import { createRenderer, type Render } from './render.js';
import { topView } from './top-view.js';

/** Folder of the files of a controller, below the output folder. */
const FOLDER = 'rtl';

/**
 * Files of the controller of `module`: cells, register file and top, assertions, file list, memory
 * contents, program listing and its source map, register document; FuseSoC core, timing constraints, lint waivers; all
 * in `folder`. Paths in the file list are relative to the output folder, those in the core to its own.
 */
export function emitSystemVerilog(module: LegalModule, sources: HardwareSources, folder = FOLDER): readonly Artifact[] {
  const render = createRenderer(sources);
  const { name } = module;
  const at = (file: string): string => `${folder}/${file}`;
  const regs = render('regs.sv', regsView(module));
  const top = render('top.sv', topView(module));
  const rtl: readonly Artifact[] = [
    ...usedCells(sources.cells, [regs, top]).map((cell) => systemVerilog(at(`${cell.name}.sv`), cell.text)),
    systemVerilog(at(`${name}_regs.sv`), regs),
    ...(module.isFrozen
      ? [systemVerilog(at(`${programModule(module)}.sv`), render('program.sv', programView(module)))]
      : []),
    systemVerilog(at(`${name}.sv`), top),
  ];
  const memories = memoryFiles(module);
  const driver = driverFiles(module, render);
  const names = {
    rtl: rtl.map(({ path }) => path.slice(folder.length + 1)),
    memories: memories.map(({ file }) => file),
  };
  return [
    ...rtl,
    { path: at(`${name}.f`), kind: 'file-list', text: rtl.map(({ path }) => `${path}\n`).join('') },
    // Not `systemverilog`: only simulators with concurrent assertions read it.
    { path: at(`${name}_sva.sv`), kind: 'other', text: render('assertions.sv', assertionsView(module)) },
    { path: at(`${name}_tb.sv`), kind: 'other', text: render('bench.sv', benchView(module)) },
    { path: at(`${name}_listing.txt`), kind: 'listing', text: render('listing.txt', listingView(module)) },
    { path: at(`${name}_source_map.json`), kind: 'json', text: sourceMapText(module) },
    { path: at(`${name}_registers.md`), kind: 'markdown', text: render('registers.md', registersDocumentView(module)) },
    { path: at(`${name}_registers.rdl`), kind: 'other', text: render('registers.rdl', registersRdlView(module)) },
    { path: at(`${name}_registers.h`), kind: 'other', text: render('registers.h', registersCodeView(module)) },
    { path: at(`${name}_registers.ts`), kind: 'typescript', text: render('registers.ts', registersCodeView(module)) },
    { path: at(`${name}_rails.csv`), kind: 'other', text: render('rails.csv', railsView(module)) },
    {
      path: at(`${name}.core`),
      kind: 'core',
      text: render('fusesoc.core', coreView(module, names.rtl, names.memories)),
    },
    { path: at(`${name}.sdc`), kind: 'constraints', text: render('constraints.sdc', constraintsView(module)) },
    {
      path: at(`${name}.xml`),
      kind: 'other',
      text: render(
        'ipxact.xml',
        ipxactView(module, { ...names, software: [`${name}_registers.h`, ...driver.map(({ file }) => file)] }),
      ),
    },
    { path: at(`${name}.vlt`), kind: 'waivers', text: sources.waivers.text },
    ...driver.map(({ file, text }): Artifact => ({ path: at(file), kind: 'other', text })),
    ...memories.map(({ file, text }): Artifact => ({ path: at(file), kind: 'memory', text })),
  ];
}

/** The driver in C, and the data of the runs where the build has them. */
function driverFiles(module: LegalModule, render: Render): readonly { readonly file: string; readonly text: string }[] {
  const stem = `ionloom_${module.name}`;
  const view = driverView(module);
  return [
    { file: `${stem}.h`, text: render('driver.h', view) },
    { file: `${stem}.c`, text: render('driver.c', view) },
    ...(view.hasDataSets ? [{ file: `${stem}_data.c`, text: render('driver_data.c', driverDataView(module)) }] : []),
  ];
}

/** Those of `cells` that `texts` instantiate, directly or through others; the order stays. */
function usedCells(cells: readonly SourceText[], texts: readonly string[]): readonly SourceText[] {
  const used = new Set<string>();
  const visit = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/^\s+(ion_[a-z0-9_]+) (?:#\(|u_)/gm)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(cells.find((cell) => cell.name === name)?.text ?? '');
    }
  };
  texts.forEach(visit);
  return cells.filter((cell) => used.has(cell.name));
}

function systemVerilog(path: string, text: string): Artifact {
  return { path, kind: 'systemverilog', text };
}

/** Contents in the format of `$readmemh`: the program where it is loaded, and work list and planes of every data set. */
function memoryFiles(module: LegalModule): readonly { readonly file: string; readonly text: string }[] {
  const { name, program, dataSets, windows, isFrozen } = module;
  return [
    ...(isFrozen ? [] : [{ file: `${name}_program.hex`, text: memoryText(program.words, windows.program.width) }]),
    ...dataSets.flatMap(({ entries, rowPlanes, columnPlanes }, index) => [
      { file: `${name}_work_${String(index)}.hex`, text: memoryText(entries, windows.work.width) },
      ...planeFile(`${name}_row_planes_${String(index)}.hex`, rowPlanes, windows.rowPlane.width),
      ...planeFile(`${name}_column_planes_${String(index)}.hex`, columnPlanes, windows.columnPlane.width),
    ]),
  ];
}

function planeFile(file: string, planes: readonly Lanes[], width: number) {
  return planes.length === 0 ? [] : [{ file, text: memoryText(planes, width) }];
}

function memoryText(words: readonly Lanes[], width: number): string {
  const digits = Math.ceil(width / 4);
  return words.map((lanes) => `${hexWord(lanes, digits)}\n`).join('');
}
