/** Copies of files in a private folder, for as long as they are needed. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * What `use` makes of a new folder with copies of `files` under the same relative paths, however far these lead up;
 * absolute ones are not copied. The folder is gone afterwards, and when this process ends before.
 * @throws Error where the system refuses
 */
export async function inScratchFolder<Result>(
  files: readonly string[],
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const root = mkdtempSync(path.join(tmpdir(), 'ionloom'));
  const remove = (): void => {
    rmSync(root, { recursive: true, force: true });
  };
  process.once('exit', remove);
  try {
    const copied = files.filter((file) => !path.isAbsolute(file)).map((file) => path.normalize(file));
    const stepsUp = Math.max(0, ...copied.map((file) => file.split(path.sep).filter((part) => part === '..').length));
    const folder = path.join(root, ...Array.from({ length: stepsUp + 1 }, () => 'in'));
    mkdirSync(folder, { recursive: true });
    for (const file of copied) cpSync(file, path.join(folder, file));
    return await use(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}
