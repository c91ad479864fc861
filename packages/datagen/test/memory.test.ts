import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();

const PROGRAM = `
import { existsSync, readFileSync } from 'node:fs';
const { generate } = await import(process.argv[1]);
const report = await generate({ out: process.argv[2], rowsPerDay: Number(process.argv[3]), seasonality: false });
console.log(JSON.stringify({ rows: report.rows, megabytes: peak() / 1024 }));

// Linux counts into maxRSS what the process was forked from, here a large test runner; VmHWM is this program's own.
function peak() {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  return Number(/^VmHWM:\\s+(\\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
}
`;

/** In a process of its own: the test runner's memory would drown the generator's. */
function measure(rowsPerDay: number): { rows: number; megabytes: number } {
  const index = join(import.meta.dirname, '../src/index.ts');
  const args = ['--no-warnings', '--input-type=module', '-e', PROGRAM, index, newFolder(), String(rowsPerDay)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: {} });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

test('thirty times the rows need hardly more memory', () => {
  const [few, many] = [measure(5_000), measure(150_000)];

  expect(many.rows).toBeGreaterThan(few.rows * 29);
  expect(many.megabytes).toBeLessThan(few.megabytes + 80);
  expect(many.megabytes).toBeLessThan(250);
});
