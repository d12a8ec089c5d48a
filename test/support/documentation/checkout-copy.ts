/** A copy of the checkout in which the commands of one page run, so that they may write where they like. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY } from '../golden.js';

/** What commands may change is copied; the rest is linked. */
const COPIED = ['docs', 'examples', 'scripts', 'README.md', 'package.json', 'package-lock.json', 'tsconfig.json'];
const LINKED = ['bin', 'dist', 'hw', 'node_modules', 'src', 'templates'];

export interface Ran {
  readonly status: number | null;
  /** Both streams in the order in which they were written, or stdout alone. */
  readonly output: string;
  /** stderr where it is not part of the output. */
  readonly aside: string;
}

export class CheckoutCopy {
  private readonly tools: string;
  readonly root: string;

  /** @param folder an empty folder */
  constructor(folder: string) {
    this.tools = path.join(folder, 'tools');
    this.root = path.join(folder, 'ionloom');
    mkdirSync(this.tools);
    mkdirSync(this.root);
    for (const name of COPIED) cpSync(path.join(REPOSITORY, name), path.join(this.root, name), { recursive: true });
    for (const name of LINKED) symlinkSync(path.join(REPOSITORY, name), path.join(this.root, name));
    const start = `exec '${process.execPath}' '${path.join(REPOSITORY, 'bin', 'ionloom.js')}' "$@"`;
    this.addTool('ionloom', start);
    // npx itself takes half a second to find what stands beside it
    this.addTool('npx', `[ "$1" = ionloom ] || { echo "npx is for ionloom here" >&2; exit 127; }\nshift\n${start}`);
  }

  private addTool(name: string, script: string): void {
    const file = path.join(this.tools, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** Runs a command of a page in the copy's root; progress, which goes to stderr, depends on how fast the machine is. */
  run(command: string, streams: 'both' | 'stdout' = 'both'): Ran {
    const env = { ...process.env, CI: 'true', FORCE_COLOR: '', PATH: `${this.tools}:${process.env['PATH'] ?? ''}` };
    const options = { cwd: this.root, env, encoding: 'utf8', maxBuffer: 2 ** 26, timeout: 170_000 } as const;
    const script = streams === 'both' ? `exec 2>&1\n${command}\n` : `${command}\n`;
    const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', script], options);
    return { status, output: stdout, aside: stderr };
  }
}
