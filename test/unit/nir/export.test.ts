/** Networks of the language as graphs of NIR: the same equations, and refusals of what NIR has no word for. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { registerExport } from '../../../src/cli/commands/export.js';
import { registerImport } from '../../../src/cli/commands/import.js';
import { runCli, type CliRun } from '../../support/run-cli.js';
import { withWorkFolder } from '../../support/work-folder.js';

const NETWORK = `network Net "Everything that NIR can say" {
  population pixels : rates[2, 6, 6]
  population maps : integrateFire[3, 4, 4] { gain = 250 Hz, threshold = 2 }
  population pooled : linear[3, 2, 2]
  population hidden : cubaLif[4] { tau from "tau.csv", tauSynapse = 5 ms, gain = 0.5, resistance = 3 }
  population slow : lif[4] { tau = 20 ms, rest = 0.1, threshold = 0.9, reset = 0.2, gain = 2 }
  population readout : leakyIntegrator[2] { tau = 50 ms, rest = -1 }
  projection edges : pixels -> maps convolution 3 x 3 stride 1 padding 0 { weights from "edges.csv" }
  projection shrink : maps -> pooled pool average 2 x 2 stride 2
  projection out : pooled -> hidden dense { weights from "out.csv" }
  projection again : hidden -> hidden where pre.index != post.index { weights = 0.25 }
  projection on : hidden -> slow one-to-one {
    weights = 2
    delay 3 ms
  }
  projection end : slow -> readout all-to-all { weights = pre.index + 10 * post.index }
}
`;

function table(rows: number, columns: number): string {
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (__, column) => (row * columns + column) / 8).join(',')).join('\n'); // prettier-ignore
}

async function inFolder(text: string, work: (folder: string) => Promise<void>): Promise<void> {
  await withWorkFolder(async (folder) => {
    writeFileSync(path.join(folder, 'net.ion'), text);
    writeFileSync(path.join(folder, 'tau.csv'), '0.01\n0.02\n0.03\n0.04\n');
    writeFileSync(path.join(folder, 'edges.csv'), table(18, 3));
    writeFileSync(path.join(folder, 'out.csv'), table(13, 4));
    await work(folder);
  });
}

const exportNet = (folder: string, ...options: readonly string[]): Promise<CliRun> =>
  runCli(registerExport, 'export', 'nir', path.join(folder, 'net.ion'), '-o', path.join(folder, 'net.nir'), ...options);
const importNet = (folder: string, name: string, ...options: readonly string[]): Promise<CliRun> =>
  runCli(registerImport, 'import', 'nir', path.join(folder, 'net.nir'), '-o', path.join(folder, name), ...options);

describe('a network', () => {
  it('comes back as it was', async () => {
    await inFolder(NETWORK, async (folder) => {
      expect(await exportNet(folder)).toMatchObject({ status: 0, stderr: '' });
      expect(await importNet(folder, 'back/net.ion', '--strict')).toMatchObject({ status: 0, stderr: '' });
      const back = (name: string): string => readFileSync(path.join(folder, 'back', name), 'utf8').replace(/^.*\n/, '');
      const text = back('net.ion');
      for (const line of [
        'population pixels : rates[2, 6, 6]',
        'population maps : integrateFire[3, 4, 4] { threshold = 2, gain = 250 Hz }',
        'population slow : lif[4] { tau = 20 ms, rest = 0.1, threshold = 0.9, reset = 0.2, gain = 2 }',
        'population readout : leakyIntegrator[2] { tau = 50 ms, rest = -1 }',
        'tauSynapse = 5 ms',
        'delay 3 ms',
      ]) {
        expect(text).toContain(line);
      }
      expect(back('net-hidden-tau.csv')).toBe('0.01\n0.02\n0.03\n0.04\n');
      expect(back('net-edges.csv')).toBe(`${table(18, 3)}\n`);
      expect(back('net-out.csv')).toBe(`${table(13, 4)}\n`);
      expect(back('net-again.csv')).toBe('0,0.25,0.25,0.25\n0.25,0,0.25,0.25\n0.25,0.25,0,0.25\n0.25,0.25,0.25,0\n');
      expect(back('net-end.csv')).toBe('0,10\n1,11\n2,12\n3,13\n');
    });
  });

  it('makes the same bytes twice', async () => {
    await inFolder(NETWORK, async (folder) => {
      await exportNet(folder);
      const first = readFileSync(path.join(folder, 'net.nir'));
      await exportNet(folder);
      expect(Buffer.compare(first, readFileSync(path.join(folder, 'net.nir')))).toBe(0);
    });
  });
});

describe('what NIR cannot say', () => {
  it.each<readonly [string, string]>([
    ['population h : tanh[2]', '`tanh`'],
    ['population h : lif[2] { refractory = 2 ms }', '`refractory`'],
    ['population h : lif[2] { subtract = 1 }', '`subtract`'],
  ])('is refused with nir/unexportable: %s', async (population, words) => {
    const text = `network Net { population a : spikes[2]\n${population}\nprojection a -> h all-to-all { weights = 1 } }`;
    await inFolder(text, async (folder) => {
      const { status, stdout } = await exportNet(folder, '--json');
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { code: string; message: string }[] };
      expect(status).toBe(1);
      expect(diagnostics.map(({ code }) => code)).toEqual(['nir/unexportable']);
      expect(diagnostics[0]?.message).toContain(words);
    });
  });

  it('is left out where it is hardware, and told', async () => {
    const text = `import device protonEis from "std/devices"
network Net {
  population a : spikes[2]
  population h : lif[2]
  projection w : a -> h all-to-all on protonEis { weights = 50 nS }
}`;
    await inFolder(text, async (folder) => {
      const { status, stdout } = await exportNet(folder, '--json');
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { code: string }[] };
      expect([status, diagnostics.map(({ code }) => code)]).toEqual([0, ['nir/left-out']]);
    });
  });

  it('asks which network is meant', async () => {
    const two = 'network A { population a : spikes[1] }\nnetwork B { population b : spikes[1] }';
    await inFolder(two, async (folder) => {
      const codes = async (...options: readonly string[]): Promise<readonly string[]> => {
        const { stdout } = await exportNet(folder, '--json', ...options);
        return (JSON.parse(stdout) as { diagnostics: readonly { code: string }[] }).diagnostics
          .map(({ code }) => code)
          .filter((code) => code !== 'dsl/unconnected');
      };
      expect(await codes()).toEqual(['nir/no-network']);
      expect(await codes('--network', 'C')).toEqual(['nir/no-network']);
      expect(await codes('--network', 'B')).toEqual([]);
    });
  });
});

describe('files that stand in the way', () => {
  it('are overwritten only where they are our own, or with --force', async () => {
    await inFolder(NETWORK, async (folder) => {
      await exportNet(folder);
      mkdirSync(path.join(folder, 'back'));
      const place = path.join(folder, 'back', 'net.ion');
      expect((await importNet(folder, 'back/net.ion')).status).toBe(0);
      expect((await importNet(folder, 'back/net.ion')).status).toBe(0);
      writeFileSync(place, `${readFileSync(place, 'utf8')}// mine\n`);
      const refused = await importNet(folder, 'back/net.ion', '--json');
      expect(refused.status).toBe(1);
      expect((JSON.parse(refused.stdout) as { diagnostics: object[] }).diagnostics).toMatchObject([
        { code: 'cli/not-own' },
      ]);
      expect(readFileSync(place, 'utf8')).toContain('// mine');
      expect((await importNet(folder, 'back/net.ion', '--force')).status).toBe(0);
    });
  });

  it('are told where the file is none of ours to read', async () => {
    await inFolder(NETWORK, async (folder) => {
      writeFileSync(path.join(folder, 'net.nir'), 'not HDF5');
      const { status, stdout } = await importNet(folder, 'back.ion', '--json');
      expect(status).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, diagnostics: [{ code: 'nir/unreadable-file' }] });
    });
  });
});
