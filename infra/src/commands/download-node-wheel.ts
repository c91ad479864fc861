import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { nodeWheelPath } from '../deployed-files.ts';
import { NODE_WHEEL } from '../node-wheel.ts';
import { CommandError } from './command-error.ts';
import { root, runProgram } from './run-program.ts';

/**
 * Gets the wheel of Node with pip, unless it is there, and compares its hash.
 *
 * @param folder the root of a checkout
 * @throws CommandError; then no wheel is there
 */
export async function downloadNodeWheel(folder: string = root): Promise<void> {
  const path = nodeWheelPath(folder, 'real');
  if (existsSync(path) && sha256Of(path) === NODE_WHEEL.sha256) return;
  rmSync(path, { force: true });
  mkdirSync(dirname(path), { recursive: true });
  const wanted = `${NODE_WHEEL.name}==${NODE_WHEEL.version}`;
  process.stdout.write(`Downloading ${wanted} (about 50 MB) ...\n`);
  await runProgram(
    process.env.PYTHON ?? 'python3',
    [
      ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'],
      ...['--platform', NODE_WHEEL.platform, '--python-version', NODE_WHEEL.python],
      ...['--dest', dirname(path), wanted],
    ],
    { what: `Downloading ${wanted} with pip (Python 3 with pip is needed for a deployment)` },
  );
  const found = existsSync(path) ? sha256Of(path) : 'no such file';
  if (found !== NODE_WHEEL.sha256) {
    rmSync(path, { force: true });
    throw new CommandError(
      `${NODE_WHEEL.file} should have the SHA-256 ${NODE_WHEEL.sha256}, but has ${found}. Nothing was deployed. Try again; if it stays so, the package was changed after it was pinned.`,
    );
  }
}

function sha256Of(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
