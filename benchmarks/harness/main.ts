import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from '../../scripts/read-options.mjs';
import type { BenchOptions } from '../tables/bench-options.ts';
import { describeMachine } from './machine.ts';
import { projectNode, root } from './places.ts';
import { tellProgress } from './progress.ts';
import { type PartResult, writeReport } from './report.ts';
import { runProcess } from './run-process.ts';

/** In the order of the report. */
const PARTS: Readonly<Record<string, () => Promise<(options: BenchOptions) => Promise<PartResult>>>> = {
  transform: async () => (await import('../tables/transform.ts')).transform,
  'end-to-end': async () => (await import('../tables/end-to-end.ts')).endToEnd,
  repeat: async () => (await import('../tables/end-to-end.ts')).repeat,
  dimensions: async () => (await import('../tables/dimensions.ts')).dimensions,
  spark: async () => (await import('../tables/spark.ts')).spark,
  start: async () => (await import('../tables/start.ts')).start,
};
/** `repeat` is in `end-to-end`. */
const ALL_PARTS = ['transform', 'end-to-end', 'dimensions', 'spark', 'start'];
const QUICK_PARTS = ['transform', 'end-to-end', 'start'];

const values = readOptions({
  only: { type: 'string', multiple: true },
  rounds: { type: 'string' },
  rows: { type: 'string' },
  quick: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
});

const isQuick = values.quick;
const names = values.only ?? (isQuick ? QUICK_PARTS : ALL_PARTS);
const unknown = names.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. The parts are ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}
const options: BenchOptions = {
  isQuick,
  rounds: positive('--rounds', values.rounds ?? (isQuick ? '3' : '5')),
  rows: (values.rows ?? (isQuick ? '100000,1000000' : '100000,1000000,5000000'))
    .split(',')
    .map((rows) => positive('--rows', rows)),
};

const resultsFile = join(root, 'benchmarks', 'RESULTS.md');
const started = new Date();
const results: PartResult[] = [];
await runProcess({ program: projectNode, args: [join(root, 'scripts', 'build.mjs'), '--only', 'command'] });
for (const name of names) {
  const run = await PARTS[name]!();
  results.push(await run(options));
}
const report = writeReport(results);
console.log(report);
if (values.write) {
  writeFileSync(resultsFile, frame(report));
  tellProgress('wrote benchmarks/RESULTS.md');
}

/** The notes, which are written by hand, stay as they are. */
function frame(report: string): string {
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  const day = started.toISOString().slice(0, 10);
  const minutes = Math.round(process.uptime() / 60);
  const about = `\`${command}\` on ${day}: ${options.rounds} rounds, ${minutes} minutes. [README](README.md) tells how it measures.`;
  return `# Results\n\n${about}\n\n${describeMachine()}\n\n${report}\n${readNotes()}`;
}

function readNotes(): string {
  const text = existsSync(resultsFile) ? readFileSync(resultsFile, 'utf8') : '';
  const start = text.indexOf('\n## Notes\n');
  return start < 0 ? '' : text.slice(start);
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  console.error(`${name} takes whole numbers above 0, not ${text}.`);
  process.exit(2);
}
