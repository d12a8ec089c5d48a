/** What each phase guarantees. A violation is a bug of the pass before it, so it throws and names that pass. */
import { InternalError } from '../core/invariant.js';
import type { MappedModule } from './mapped.js';
import type { NetworkModule } from './network.js';

/** Throws unless the condition holds; the text says what should. */
export type Claim = (condition: boolean, text: string) => void;

/** Throws {@link InternalError} naming `pass` where a claim does not hold. */
export function claimsOf(pass: string): Claim {
  return (condition, text) => {
    if (!condition) throw new InternalError(`after pass \`${pass}\`: ${text}`);
  };
}

/** Names resolved, sizes finite, images inside their window. */
export function verifyNetwork(network: NetworkModule): void {
  const claim = claimsOf('lower');
  verifyStudies(network, claim);
  const devices = new Set(network.devices.map((device) => device.name));
  const chips = new Set(network.chips.map((chip) => chip.name));
  for (const { name, chip, program, seedCount } of network.experiments) {
    claim(chips.has(chip), `experiment ${name} runs on an existing chip`);
    claim(devices.has(program.device), `program ${program.name} uses an existing device`);
    claim(seedCount >= 1, `experiment ${name} has a seed`);
    for (const image of program.images) {
      claim(image.siemens.length === image.rows * image.columns, `image ${image.name} is full`);
      const { low, high } = program.window;
      claim(
        image.siemens.every((siemens) => siemens >= low && siemens <= high),
        `image ${image.name} is in its window`,
      );
    }
  }
}

/** Experiments on networks refer to what the module holds. */
function verifyStudies({ chips, networks, studies }: NetworkModule, claim: Claim): void {
  for (const { name, chip, network, seedCount, schedule } of studies) {
    claim(
      chips.some((each) => each.name === chip),
      `experiment ${name} runs on an existing chip`,
    );
    claim(
      networks.some((each) => each.name === network),
      `experiment ${name} runs an existing network`,
    );
    claim(seedCount >= 1, `experiment ${name} has a seed`);
    claim(schedule.length > 0, `something happens in experiment ${name}`);
  }
}

/** Every pixel has a cell, every column a converter, every line a rail. */
export function verifyMapped(mapped: MappedModule): void {
  const claim = claimsOf('map');
  const { converters, columns, images, railSets, rows } = mapped;
  claim(converters.count * converters.sharedBy >= columns, 'every column has a converter');
  claim(railSets.map((set) => set.name).join() === 'idle,write,read', 'rail sets are complete');
  claim(
    images.every((image) => image.rows <= rows && image.columns <= columns),
    'every pixel has a cell',
  );
}
