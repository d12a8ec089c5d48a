/** What co-simulation can complain about: the tools it runs, the designs it reads, the models it loses. */
import { defineCatalogue, entry } from '../core/diagnostic.js';

export const COSIM_CATALOGUE = defineCatalogue('cosim', {
  'yosys-failed': entry<{ text: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ text }) => `Yosys could not read the design: ${text}`,
    explain:
      'The embedded engine reads the SystemVerilog with Yosys (npm package `@yowasp/yosys`). Its own words are in the message. ' +
      'A design that ionloom emitted should always be readable: please report it; an edited design may use a construct outside the supported subset.',
  }),
  'yosys-warned': entry<{ text: string }>({
    severity: 'warning',
    message: ({ text }) => `Yosys warns: ${text}`,
    explain: 'Yosys read the design but doubts a part of it. The model is built as Yosys understood it.',
  }),
  'unsupported-cell': entry<{ cell: string; type: string; reason: string }>({
    severity: 'error',
    message: ({ cell, type, reason }) =>
      `the embedded engine cannot simulate cell \`${cell}\` of type \`${type}\`: ${reason}`,
    help: () => 'use `--engine verilator`, or rewrite the construct',
    explain:
      'The embedded engine simulates one clock, asynchronous resets and the word-level cells of Yosys. Latches, gated or falling clocks, ' +
      'tri-states and set-reset registers are refused rather than simulated wrongly.',
  }),
  'combinational-loop': entry<{ cells: readonly string[] }>({
    severity: 'error',
    message: ({ cells }) => `combinational loop through ${cells.map((name) => `\`${name}\``).join(', ')}`,
    help: () => 'give every bit of the loop its own signal, or break it with a register',
    explain:
      'The embedded engine computes every cell once per clock, so a cell may not depend on itself, not even through other bits of the same vector.',
  }),
  'port-mismatch': entry<{ port: string; expected: string; found: string }>({
    severity: 'error',
    message: ({ port, expected, found }) => `port \`${port}\` of the design: expected ${expected}, found ${found}`,
    explain: 'The design that was read does not have the ports that the driver of the model was told.',
  }),
  'verilator-missing': entry<{ tried: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ tried }) => `\`${tried}\` cannot be started`,
    help: () =>
      'install Verilator 5.006 or newer (Debian: `apt-get install verilator g++`), set VERILATOR to its path, or use `--engine wasm`',
    explain:
      'The engine `verilator` runs the program `verilator` from the PATH, or the one that the environment variable VERILATOR names. The engine `wasm` needs neither.',
  }),
  'verilator-too-old': entry<{ found: string; needed: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ found, needed }) => `\`${found}\` is too old, Verilator ${needed} or newer is needed`,
    help: () => 'install a newer Verilator and set VERILATOR to its path, or use `--engine wasm`',
    explain: 'Older versions of Verilator read another subset of SystemVerilog and generate other C++.',
  }),
  'compiler-missing': entry<{ tried: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ tried }) => `the C++ compiler \`${tried}\` cannot be started`,
    help: () => 'install a C++17 compiler (Debian: `apt-get install g++`), set CXX to its path, or use `--engine wasm`',
    explain:
      'The engine `verilator` compiles the model with `g++`, or with the compiler that the environment variable CXX names.',
  }),
  'verilator-failed': entry<{ step: string; text: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ step, text }) => `${step} failed: ${text}`,
    explain:
      'Verilator, or the compiler of the C++ that it made, ended with an error. Its own words are in the message.',
  }),
  'cache-unusable': entry<{ reason: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ reason }) => `built models cannot be kept: ${reason}`,
    help: () => 'set IONLOOM_CACHE to a folder that you may write to',
    explain:
      'The engine `verilator` builds its models in a cache folder: the one that IONLOOM_CACHE names, or `ionloom` in the cache folder of the user.',
  }),
  'child-missing': entry<{ path: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ path }) => `the model's host process \`${path}\` is not built`,
    help: () => 'run `npm run build` first',
    explain:
      'The engine `verilator` runs models in a child process whose script is compiled JavaScript, also when ionloom itself runs from its TypeScript sources.',
  }),
  'hardware-differs': entry<{ first: number; other: number }>({
    severity: 'error',
    message: ({ first, other }) => `seed ${String(other)} needs another controller than seed ${String(first)}`,
    help: () => 'state the `maximum duration` of the device: the timer is then the same for every seed',
    explain:
      'All seeds of an experiment run on one controller. Where a device states no longest pulse, the tick of the timer follows from the ' +
      'pulses of the program, and with `calibrate` these differ from seed to seed. State a `maximum duration` in the ' +
      'device, or give the experiment one seed.',
  }),
  'other-controller': entry<{ signal: string; expected: string; found: string }>({
    severity: 'error',
    message: ({ signal, expected, found }) =>
      `this is not the controller of this program: ${signal} reads ${found}, expected ${expected}`,
    help: () => 'build the controller and its host software from the same output folder, both frozen or both not',
    explain:
      'Every controller has a register `spec_hash` with a part of the hash of what it was compiled from: sizes, bus, program, rails. ' +
      'The host reads it before anything else and refuses another controller, because a program for other lines or other rails can destroy devices. ' +
      'Build again, program the chip with that RTL, and take the header with the register addresses from the same folder; a frozen ' +
      'controller has another hash than the one that loads its program. Where `id` differs, no controller of ionloom answers at this address.',
  }),
  'model-unloadable': entry<{ file: string; reason: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ file, reason }) =>
      `the built model \`${file}\` cannot be loaded: ${reason.replace(`${file}: `, '').split('\n')[0] ?? ''}`,
    help: () =>
      'set IONLOOM_CACHE to a folder of this machine that programs may be loaded from, or use `--engine wasm`',
    explain:
      'The engine `verilator` loads its models as native addons of Node. That fails where the cache lies on a volume that is mounted ' +
      'without the right to execute, or where machines of different kinds share it.',
  }),
  'model-crashed': entry<{ how: string; output: string; events: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ how, output, events }) =>
      `the model ${how}${output === '' ? '' : `; its last words: ${output}`}${lastEvents(events)}`,
    explain:
      'The simulated model ended before the run was over: it called $finish, $stop or $fatal, broke an assertion, or its process died. ' +
      'Models run in a process of their own, so that nothing else is lost. What it showed last is in the message: ' +
      'evaluated clocks since the start of the model, and the outputs that were not zero.',
  }),
  'model-hung': entry<{ seconds: number; events?: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ seconds, events = '' }) =>
      `the model gave no answer within ${String(seconds)} s and was ended${lastEvents(events)}`,
    help: () => 'set IONLOOM_MODEL_SECONDS to wait longer',
    explain:
      'A run took longer than its time limit. The model may wait in a loop that never ends, or the run may be longer than the limit allows.',
  }),
  'model-flooded': entry<{ output: string; events: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ output, events }) =>
      `the model printed without end and was ended; its last words: ${output}${lastEvents(events)}`,
    help: () => 'take `$display` out of what happens every clock',
    explain:
      'A model, or the simulator that runs it, printed more than 8 MiB. Nobody reads that much, and a model that prints in a loop ' +
      'never ends.',
  }),
  'frame-damaged': entry<{ how: string; events: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ how, events }) => `an answer of the simulator cannot be used: ${how}${lastEvents(events)}`,
    explain:
      'The engines `icarus` and `cocotb` talk to their simulator in frames with a version, a sequence number and a checksum. ' +
      'A frame was damaged, of another version or not the answer to what was asked: another program writes to the same ' +
      'descriptors, or parts of two installations of ionloom were mixed. Nothing was taken from it.',
  }),
  'icarus-missing': entry<{ tried: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ tried }) => `\`${tried}\` cannot be started`,
    help: () =>
      'install Icarus Verilog 11 or newer (Debian: `apt-get install iverilog`), set IVERILOG to its path, or use `--engine wasm`',
    explain:
      'The engine `icarus`, and `cocotb` where there is no recent Verilator, run `iverilog` and `vvp` from the PATH, or those beside the ' +
      'program that the environment variable IVERILOG names. The engine `wasm` needs neither.',
  }),
  'icarus-too-old': entry<{ found: string; needed: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ found, needed }) => `\`${found}\` is too old, Icarus Verilog ${needed} or newer is needed`,
    help: () => 'install a newer Icarus Verilog and set IVERILOG to its path, or use `--engine wasm`',
    explain: 'Older versions of Icarus Verilog do not take all of the SystemVerilog that ionloom emits.',
  }),
  'vpi-missing': entry<{ what: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ what }) => `the module that drives Icarus Verilog cannot be compiled: ${what}`,
    help: () =>
      'install a C compiler and the headers of Icarus Verilog (Debian: `apt-get install gcc libc6-dev iverilog`), set CC to ' +
      'the compiler, or use `--engine wasm`',
    explain:
      'The engine `icarus` drives the simulator through its programming interface (VPI), with a small module in C that is compiled once: by `cc`, ' +
      'or the compiler that the environment variable CC names, with the headers that `iverilog-vpi` names.',
  }),
  'simulator-failed': entry<{ step: string; text: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ step, text }) => `${step} failed: ${text}`,
    explain:
      'A program that builds or runs models of the engines `icarus` and `cocotb` ended with an error. Its own words are in the message.',
  }),
  'cocotb-missing': entry<{ tried: string; reason: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ tried, reason }) => `\`${tried}\` has no cocotb that can be used: ${reason}`,
    help: () =>
      'install cocotb 2 (`python3 -m venv env; env/bin/pip install cocotb==2.1.0`) and set IONLOOM_PYTHON to that Python, or use ' +
      '`--engine wasm`',
    explain:
      'The engine `cocotb` runs a test bench of cocotb 2 in the Python that the environment variable IONLOOM_PYTHON names, else in `python3`; ' +
      'that Python needs its shared library, too.',
  }),
});

function lastEvents(events: string): string {
  return events === '' ? '' : `; its last events: ${events}`;
}
