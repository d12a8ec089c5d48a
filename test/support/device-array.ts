/** Arrays of synapses on devices of the library, as tests of networks need them. */
import type { DeviceModel } from '../../src/devices/device-model.js';
import type { MappedLearning } from '../../src/ir/mapped-network.js';
import type { Chip } from '../../src/ir/chip.js';
import { createDeviceArray, type DeviceArray, type DeviceArraySetup } from '../../src/networks/arrays/device-array.js';
import { compileText } from './compile-text.js';
import { libraryDevice } from './library-tile.js';

/** A chip for the devices of the library, with a converter range for some rows of `mid` cells. */
export const ARRAY_CHIP = `chip Bench {
  clock 50 MHz
  bus apb
  tile 120 x 24 {
    bias half
    rails -5 V .. 5 V by 12 bit
    timer 16 bit
    settle 100 us
    adc 0 A .. 12 uA by 12 bit in 2 us settle 10 us shared by 4
    lines 100 pF source "board" confidence estimate
  }
}
`;

interface Learnt {
  readonly chip: Chip;
  readonly learning: readonly MappedLearning[];
}

/** The chip and the rule `w -= rate * product` within -4 .. 4, realized as the text says. */
export function learnt(realization: string, rate = 0.1): Learnt {
  return learntBy(`param rate = ${String(rate)}
    on sample { w -= rate * post.error * pre.value }
    realize ${realization}`);
}

/** The chip and a rule with these clauses. */
export function learntBy(clauses: string, weight = 'weight w : 1 in -4 .. 4'): Learnt {
  const { network, diagnostics } = compileText(`${ARRAY_CHIP}rule backprop {
    ${weight}
    ${clauses}
  }`);
  const [chip, rule] = [network?.chips[0], network?.rules[0]];
  if (!chip || !rule) throw new Error(JSON.stringify(diagnostics));
  return { chip, learning: [{ rule, modulations: [], origin: rule.origin }] };
}

/** A device of its own that extends one of the library. */
export function extended(base: string, clauses: string): DeviceModel {
  const { network, diagnostics } = compileText(
    `import device ${base} from "std/devices"\ndevice other extends ${base} { ${clauses} }`,
  );
  const device = network?.devices.find(({ name }) => name === 'other');
  if (!device) throw new Error(JSON.stringify(diagnostics));
  return device;
}

export const DIFFERENTIAL = { scheme: 'differential', siemensPerUnit: 0.5e-6 } as const;

/** An array of `yszEcram` pairs that starts at weights of 0; without spreads where nothing else is said. */
export function deviceArray(
  setup: Partial<DeviceArraySetup> & Pick<DeviceArraySetup, 'rows' | 'columns'>,
): DeviceArray {
  const device = setup.device ?? libraryDevice('yszEcram');
  const array = createDeviceArray({
    device,
    encoding: DIFFERENTIAL,
    learning: learnt('host').learning,
    seed: 1,
    without: device.spreads.map(({ name }) => name),
    weights: new Float32Array(setup.rows * setup.columns),
    ...setup,
  });
  if ('kind' in array) throw new Error(array.reason);
  return array;
}
