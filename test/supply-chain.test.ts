/** What comes with Ionloom from others, and what Ionloom hands on. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from './support/golden.js';

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const read = (name: string): string => fs.readFileSync(path.join(REPOSITORY, name), 'utf8');
const own = JSON.parse(read('package.json')) as PackageFile;
const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, LockedPackage>> };
const locked = Object.entries(lock.packages).filter(([place]) => place !== '');
/** What runs at a user's. */
const shipped = locked.filter(([, { dev }]) => dev !== true);

/** Licences that ask for no more than to be named. */
const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', 'Unlicense'];

/** Read by hand: NIST's work is in the public domain, the HDF5 library in it stands under BSD-3-Clause. */
const READ_BY_HAND = ['node_modules/h5wasm'];

describe('dependencies', () => {
  it('at run time are few, and all have one exact version', () => {
    expect(Object.keys(own.dependencies).length).toBeLessThanOrEqual(20);
    const ranges = Object.entries({ ...own.dependencies, ...own.devDependencies });
    expect(ranges.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('are locked by their content', () => {
    const open = locked.filter(([, { version, integrity }]) => !version || !integrity?.startsWith('sha512-'));
    expect(open.map(([place]) => place)).toEqual([]);
  });

  it('run nothing when they are installed', () => {
    expect(shipped.filter(([, { hasInstallScript }]) => hasInstallScript).map(([place]) => place)).toEqual([]);
  });

  it('have licences that may be handed on, and those of ours are told', () => {
    const others = shipped.filter(([, { license = 'none' }]) => !PERMISSIVE.includes(license));
    expect(others.map(([place]) => place)).toEqual(READ_BY_HAND);
    const table = read('ARCHITECTURE.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    for (const name of Object.keys(own.dependencies)) {
      const row = table.find((line) => line.split(' | ')[0]?.includes(`\`${name}\``));
      const licence = lock.packages[`node_modules/${name}`]?.license ?? 'none';
      expect(row, name).toContain(PERMISSIVE.includes(licence) ? `| ${licence} |` : 'public domain');
    }
  });
});
