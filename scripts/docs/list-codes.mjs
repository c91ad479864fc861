import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FAMILIES = [
  'archive',
  'config',
  'datagen',
  'demo',
  'dimensions',
  'doctor',
  'embedded-postgres',
  'explain',
  'identity',
  'job',
  'landing',
  'ledger',
  'notifier',
  'output',
  'rejects',
  'resource',
  'runs',
  'secret',
  'serve',
  'sweep',
  'transform',
  'undo',
  'unpacker',
  'validate',
  'warehouse',
  'workers',
];
const IN_SOURCE = new RegExp(`'((?:${FAMILIES.join('|')})\\.[a-z]+(?:-[a-z]+)*)'`, 'g');
/** Names of files and tables that look like codes. */
const NO_CODES = new Set(['job.mjs', 'rejects.tsv', 'rejects.csv']);

/** Codes of failures that the sources name. */
export function listCodesOfSources(root) {
  const files = globSync(
    'packages/{core,cli,config,adapters-local,adapters-aws,warehouse-sql,datagen,glue-job,lambdas}/src/**/*.ts',
    { cwd: root },
  );
  const codes = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(IN_SOURCE)].map(([, code]) => code),
  );
  return [...new Set(codes)].filter((code) => !NO_CODES.has(code)).sort();
}

/** Codes that a page explains: all in the first column of its tables. */
export function listCodesOfPage(text) {
  const cells = text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|')[1]);
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code)));
}
