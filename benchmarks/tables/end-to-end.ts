import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BenchServer } from '../harness/bench-database.ts';
import { FLOOR, floor, type LoadJob, PANDAS_LOAD, pandasLoad, weirIngest } from '../harness/load-subjects.ts';
import { type Measured, measureSideBySide, named, summarise } from '../harness/measure-side-by-side.ts';
import { benchFolder, projectNode, weirCommand } from '../harness/places.ts';
import { tellProgress } from '../harness/progress.ts';
import type { PartResult } from '../harness/report.ts';
import { runProcess, type Sample } from '../harness/run-process.ts';
import type { Subject } from '../harness/subject.ts';
import type { Target } from '../harness/target.ts';
import { customerFile, productFile, transactionFile } from '../input/input-files.ts';
import type { BenchOptions } from './bench-options.ts';

const ROWS = 1_000_000;
const STORED = 'bench_stored';
const ONE = 'Weir, 1 connection';
const TWO = 'Weir, 2 connections';
const ONE_PLAIN = 'Weir, 1 connection, no decisions';
const TWO_PLAIN = 'Weir, 2 connections, no decisions';
const AGAIN = 'Weir, the same delivery again';
const folder = join(benchFolder, 'load');

/** A delivery of a million rows onto a million that are stored; half of its rows update one. */
export async function endToEnd(options: BenchOptions): Promise<PartResult> {
  const { first, again, measured } = await measureLoads(options, (weir) => [weir, ...rivals()]);
  const table = { title: 'End to end, 1 million rows onto 1 million in Postgres', measured };
  return {
    tables: [table, repeatTable(first, again)],
    targets: [...loadTargets(measured), repeatTarget(first, again)],
  };
}

/** The repeated delivery alone. */
export async function repeat(options: BenchOptions): Promise<PartResult> {
  const { first, again } = await measureLoads(options, (weir) => [weir]);
  return { tables: [repeatTable(first, again)], targets: [repeatTarget(first, again)] };
}

function rivals(): Subject<LoadJob>[] {
  return [floor, weirIngest(TWO, 2), weirIngest(ONE_PLAIN, 1, false), weirIngest(TWO_PLAIN, 2, false), pandasLoad];
}

async function measureLoads({ rounds }: BenchOptions, choose: (weir: Subject<LoadJob>) => readonly Subject<LoadJob>[]) {
  const server = await BenchServer.open();
  try {
    const inputs = await prepareInputs(server);
    const databaseOf = ({ name }: Subject<LoadJob>) => `bench_${name.toLowerCase().replace(/\W+/g, '_').slice(0, 50)}`;
    const jobOf = (subject: Subject<LoadJob>): LoadJob => {
      const database = databaseOf(subject);
      return { ...inputs, databaseUrl: server.urlOf(database), folder: join(folder, database) };
    };
    const subjects = choose(weirIngest(ONE, 1)).map((subject) => ({
      ...subject,
      reset: async (job: LoadJob) => {
        await server.makeAnew(databaseOf(subject), STORED);
        await subject.reset?.(job);
      },
    }));
    const again: Sample[] = [];
    const digests = new Map<string, string>();
    const measured = await measureSideBySide({
      title: 'End to end',
      subjects,
      rounds,
      jobOf,
      afterRun: async (subject, job, isLastRound) => {
        if (subject.name === ONE) again.push(await runAgain(subject.command(job)));
        if (isLastRound) digests.set(subject.name, await server.digestFacts(databaseOf(subject)));
        await server.drop(databaseOf(subject));
      },
    });
    requireSame(digests);
    return { measured, first: named(measured, ONE), again: summarise(AGAIN, again) };
  } finally {
    await server.close();
  }
}

/** The million rows that are stored already, and what each subject reads. */
async function prepareInputs(server: BenchServer) {
  const products = productFile();
  const customers = customerFile();
  const inputs = { products, customers, file: transactionFile({ rows: ROWS, isNextDay: true }) };
  const ready = join(folder, 'ready');
  // What a benchmark that was interrupted left behind.
  rmSync(ready, { recursive: true, force: true });
  tellProgress('End to end: storing the first million rows ...');
  const dimensions = ['--products', products, '--customers', customers];
  await weir('transform', inputs.file.path, ...dimensions, '--out', ready);
  await server.makeAnew(STORED);
  const database = ['--database-url', server.urlOf(STORED)];
  const stored = weirIngest('stored', 1);
  const job = {
    ...inputs,
    file: transactionFile({ rows: ROWS }),
    readyRows: '',
    databaseUrl: server.urlOf(STORED),
    folder: join(folder, 'stored'),
  };
  await weir('init', ...database);
  await weir('dimensions', 'load', ...dimensions, ...database);
  await stored.reset?.(job);
  await runProcess(stored.command(job));
  await server.query(STORED, 'VACUUM ANALYZE');
  return { ...inputs, readyRows: join(ready, 'rows.tsv') };
}

async function weir(...args: string[]): Promise<void> {
  await runProcess({ program: projectNode, args: [...weirCommand, ...args] });
}

async function runAgain(command: Parameters<typeof runProcess>[0]): Promise<Sample> {
  const sample = await runProcess(command);
  const status = JSON.parse(sample.output).files[0]?.status;
  if (status !== 'already-loaded') throw new Error(`the repeated delivery was ${status}, not already-loaded`);
  tellProgress(`End to end: the same again ${sample.seconds.toFixed(2)} s`);
  return sample;
}

function requireSame(digests: ReadonlyMap<string, string>): void {
  if (new Set(digests.values()).size > 1) {
    throw new Error(`Not all stored the same.\n${[...digests].map((pair) => pair.join(': ')).join('\n')}`);
  }
  tellProgress(`End to end: all stored ${[...digests.values()][0]}`);
}

function loadTargets(measured: readonly Measured[]): Target[] {
  const seconds = (name: string) => named(measured, name).seconds;
  const ofFloor = (name: string, limit: number): Target => ({
    what: `end to end, 1 million rows onto 1 million, against the floor of one connection: ${name}`,
    value: seconds(name) / seconds(FLOOR),
    bound: 'at most',
    limit,
    unit: 'x',
  });
  const pandas: Target = {
    what: `end to end against pandas and psycopg: speed of ${TWO}`,
    value: seconds(PANDAS_LOAD) / seconds(TWO),
    bound: 'at least',
    limit: 3,
    unit: 'x',
  };
  return [ofFloor(TWO, 0.75), ofFloor(TWO_PLAIN, 0.75), ofFloor(ONE, 1.1), ofFloor(ONE_PLAIN, 1.1), pandas];
}

function repeatTable(first: Measured, again: Measured) {
  return { title: 'A repeated delivery of 1 million rows', measured: [first, again] };
}

function repeatTarget(first: Measured, again: Measured): Target {
  const value = again.seconds / first.seconds;
  return { what: 'a repeated delivery of 1 million rows, of the first', value, bound: 'under', limit: 0.05, unit: 'x' };
}
