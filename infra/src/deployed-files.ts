import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NODE_WHEEL } from './node-wheel.ts';
import { FUNCTION_NAMES, type FunctionName } from './permissions/work-permissions.ts';

/** The files that are deployed, as paths on this machine. */
export interface DeployedFiles {
  /** The folder of a function's bundle, with `index.mjs` in it. */
  functionFolder(name: FunctionName): string;
  /** The programs of the Glue job. They keep their names in S3: pip reads a wheel's, the driver starts the others by theirs. */
  readonly driver: string;
  readonly job: string;
  readonly worker: string;
  /** Node for the driver and the workers. */
  readonly nodeWheel: string;
}

export interface FileChoice {
  readonly wheel: 'real' | 'placeholder';
  /** Below which folder the bundles were built; the checkout where it is left out. */
  readonly built?: string;
}

/**
 * The files of this checkout. With the wheel `placeholder`, a file that holds nothing stands for it: good for looking at
 * templates without a network, useless on Glue.
 *
 * @throws Error that names what is missing and the command that makes it
 */
export function deployedFiles(root: string, { wheel, built = root }: FileChoice): DeployedFiles {
  const files: DeployedFiles = {
    functionFolder: (name) => join(built, 'packages', 'lambdas', 'dist', name),
    driver: join(root, 'packages', 'glue-job', 'driver', 'driver.py'),
    job: join(built, 'packages', 'glue-job', 'dist', 'job.mjs'),
    worker: join(built, 'packages', 'glue-job', 'dist', 'worker.mjs'),
    nodeWheel: nodeWheelPath(root, wheel),
  };
  const programs = [
    ...FUNCTION_NAMES.map((name) => join(files.functionFolder(name), 'index.mjs')),
    files.driver,
    files.job,
    files.worker,
  ];
  const missing = programs.filter((path) => !existsSync(path));
  if (missing.length > 0) {
    throw new Error(`What is to be deployed is not there: ${missing.join(', ')}. Run "npm run build" and try again.`);
  }
  if (wheel === 'placeholder') writePlaceholder(files.nodeWheel);
  if (!existsSync(files.nodeWheel)) {
    throw new Error(`${files.nodeWheel} is not there. "npm run deploy" downloads it; "npm run synth" does without it.`);
  }
  return files;
}

export function nodeWheelPath(root: string, wheel: 'real' | 'placeholder'): string {
  return join(root, '.weir', wheel === 'real' ? 'node-wheel' : 'node-wheel-placeholder', NODE_WHEEL.file);
}

function writePlaceholder(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'Stands for the wheel of Node in templates that are only looked at.\n');
}
