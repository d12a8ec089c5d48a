/** Memory windows of the bus as the top declares and connects them: request and answer of each, absent ones tied. */
import { ceilLog2 } from '../../ir/bit-width.js';
import { busWords } from '../../ir/controller-sizes.js';
import type { MemoryWindows } from '../../ir/legal.js';
import { assignSignals, connectPorts, declareSignals, joinSignals } from './declaration.js';
import type { Line } from './views.js';

/** Names of the windows in RTL, in the order of their addresses. */
const WINDOW_NETS = {
  program: 'program',
  target: 'target',
  work: 'work',
  columnPlane: 'column_plane',
  rowPlane: 'row_plane',
  result: 'result',
  accumulator: 'accumulator',
  transfer: 'transfer',
  update: 'update',
  rail: 'rail',
  wear: 'wear',
} as const satisfies Record<keyof MemoryWindows, string>;

/** Memories that tell, with their answer, that what is asked for is not there or not allowed. */
const ANSWERS_WITH_ERRORS: ReadonlySet<string> = new Set(['target', 'result', 'accumulator', 'transfer', 'rail']);

/** What the templates of bus and address decoder print of `windows`. */
export interface WindowLines {
  readonly windowNets: readonly Line[];
  readonly windowParameters: readonly Line[];
  readonly windowConnections: readonly Line[];
  readonly hasAbsentWindows: boolean;
  readonly absentWindows: readonly Line[];
}

export function windowLines(windows: MemoryWindows): WindowLines {
  // Keys of a constant table are the names of its type.
  const names = Object.keys(WINDOW_NETS) as (keyof MemoryWindows)[];
  const nets = names.map((name) => WINDOW_NETS[name]);
  const absent = names.filter((name) => windows[name].depth === 0).map((name) => WINDOW_NETS[name]);
  return {
    windowNets: declareSignals(
      nets.flatMap((net) => [
        { name: `${net}_req`, width: 1 },
        { name: `${net}_rdata`, width: 32 },
        ...(ANSWERS_WITH_ERRORS.has(net) ? [{ name: `${net}_error`, width: 1 }] : []),
      ]),
    ),
    windowParameters: connectPorts(
      names.map((name) => ({ port: parameterName(WINDOW_NETS[name]), signal: addressBits(windows, name) })),
    ),
    windowConnections: connectPorts([
      ...['reg', ...nets].map((net) => ({ port: `${net}_req_o`, signal: `${net}_req` })),
      { port: 'reg_error_i', signal: 'reg_error' },
      ...['reg', ...nets].map((net) => ({ port: `${net}_rdata_i`, signal: `${net}_rdata` })),
      ...[...ANSWERS_WITH_ERRORS].map((net) => ({ port: `${net}_error_i`, signal: `${net}_error` })),
    ]),
    hasAbsentWindows: absent.length > 0,
    absentWindows: [
      ...assignSignals([
        ...absent.map((net) => ({ name: `${net}_rdata`, value: "32'h0" })),
        ...absent.filter((net) => ANSWERS_WITH_ERRORS.has(net)).map((net) => ({ name: `${net}_error`, value: "1'b0" })),
      ]),
      { text: '' },
      { text: 'logic unused_windows;' },
      ...joinSignals(
        'assign unused_windows = ^{',
        absent.map((net) => `${net}_req`),
      ),
    ],
  };
}

/** log2 of the bus words of a window, -1 where there is no memory behind it. */
function addressBits(windows: MemoryWindows, name: keyof MemoryWindows): string {
  const window = windows[name];
  return window.depth === 0 ? '-1' : String(ceilLog2(busWords(window)));
}

function parameterName(net: string): string {
  const words = net.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Bits`;
}
