import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchFolder, root } from './places.ts';
import { tellProgress } from './progress.ts';

const PNPM = 'pnpm@10.34.8';
const benchmarks = join(root, 'benchmarks');
const venv = join(benchFolder, 'venv');
const requirements = join(benchmarks, 'requirements.txt');

/** DuckDB and Polars, in `benchmarks/node_modules`. */
export function installNodePeers(): void {
  const lock = join(benchmarks, 'pnpm-lock.yaml');
  onceFor(lock, join(benchmarks, 'node_modules', '.made-from'), () => {
    const flags = ['--frozen-lockfile', '--ignore-workspace', '--dir', benchmarks];
    run('npx', '-y', PNPM, 'install', ...flags);
  });
}

/** The Python that has pandas. */
export function installPythonPeers(): string {
  const python = join(venv, 'bin', 'python');
  onceFor(requirements, join(venv, 'made-from.txt'), () => {
    rmSync(venv, { recursive: true, force: true });
    run(findPython(), '-m', 'venv', venv);
    run(
      python,
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--require-hashes',
      '-r',
      requirements,
    );
  });
  return python;
}

/** The Python that has PySpark: the one of the tests of the Spark job. */
export function installSpark(): string {
  return run(join(root, 'scripts', 'spark-environment.sh')).trim();
}

/** The mark is written last: what was cut off half-way is made again. */
function onceFor(source: string, mark: string, install: () => void): void {
  const wanted = readFileSync(source, 'utf8');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  tellProgress(`installing what ${source.slice(root.length + 1)} names ...`);
  install();
  writeFileSync(mark, wanted);
}

/** pandas 3 needs Python 3.11. */
function findPython(): string {
  const check = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))';
  const found = ['python3.12', 'python3.11', 'python3.13', 'python3'].find(
    (name) => spawnSync(name, ['-c', check]).status === 0,
  );
  if (found === undefined)
    throw new Error('pandas needs Python 3.11 or newer with venv (apt-get install python3-venv).');
  return found;
}

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
