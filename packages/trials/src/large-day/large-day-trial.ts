import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgresPool, PostgresFactReader, PostgresRunHistory } from '@weir/adapters-local';
import { digestFacts } from '../../../cli/src/demo/digest-facts.ts';
import { faultProfiles, type GenerationReport, generate } from '../../../datagen/src/index.ts';
import { runWeir } from '../command/run-weir.ts';
import { checkBooksClose } from '../invariants/index.ts';
import { OwnServer } from '../load/own-server.ts';
import type { Trial, TrialOptions, TrialResult } from '../trial.ts';

/** Rows that every build tries: read by several threads. */
const ROWS = 200_000;
/** One file: neither is it corrected nor does it come again. */
const FAULTS = { ...faultProfiles.default, redeliveredFiles: 0, correctedFiles: 0 };
const LONGEST_MS = 3 * 3_600_000;
const PEAK_HOOK = new URL('../load/peak-memory-hook.ts', import.meta.url);

export const largeDayTrial: Trial = {
  about:
    'a day of so many rows (--count), with faults in it, from its file into a Postgres of its own by the real command, against the ' +
    'answer key of the generator',
  warehouses: ['postgres'],
  run: runLargeDay,
};

async function runLargeDay({ count: rowsPerDay = ROWS, seed, tell }: TrialOptions): Promise<TrialResult> {
  // On a disk: ten million rows take gigabytes.
  const folder = await mkdtemp(join(tmpdir(), 'weir-large-day-'));
  const server = await OwnServer.open(folder);
  try {
    const day = await generate({
      out: join(folder, 'day'),
      days: 1,
      rowsPerDay,
      seasonality: false,
      seed,
      faults: FAULTS,
    });
    tell(`${number(day.rows)} rows, ${number(day.bytes / 2 ** 20)} MiB`);
    return await load(folder, await server.createDatabase('large'), day, tell);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function load(
  folder: string,
  databaseUrl: string,
  { landing, dimensions, expected, rows, bytes, files }: GenerationReport,
  tell: TrialOptions['tell'],
): Promise<TrialResult> {
  const weir = async (...args: readonly string[]) => {
    const log = join(folder, 'peak');
    const setting = { preload: [PEAK_HOOK], env: { WEIR_TRIAL_LOG: log }, patienceMs: LONGEST_MS };
    const end = await runWeir(args, { databaseUrl, ...setting });
    if (end.code !== 0) throw new Error(`weir ${args[0]} ended with ${end.code}: ${end.stderr}`);
    return { ...end, mebibytes: Number(await readFile(log, 'utf8')) / 1024 };
  };
  await weir('init');
  const sources = ['products', 'customers'].flatMap((name) => [`--${name}`, join(dimensions, `${name}.csv`)]);
  await weir('dimensions', 'load', ...sources);
  const places = ['archive', 'quarantine'].flatMap((name) => [`--${name}`, join(folder, name)]);
  const { stdout, seconds, mebibytes } = await weir('ingest', '--json', '--landing', landing, ...places);
  tell(`loaded in ${seconds.toFixed(1)} s`);

  const pool = openPostgresPool({ connectionString: databaseUrl });
  try {
    const digest = await digestFacts(new PostgresFactReader({ pool }));
    const { totals, archived } = JSON.parse(stdout);
    const run = await new PostgresRunHistory({ pool }).run(JSON.parse(stdout).runId);
    const violations = [
      ...checkBooksClose({ runs: run === undefined ? [] : [run] }),
      ...differ('rows read', totals.read, expected.read),
      ...differ('rows rejected', totals.rejected, expected.rejected),
      ...differ('facts inserted', totals.inserted, expected.facts),
      ...differ('facts', digest.facts, expected.facts),
      ...differ('the digest of the facts', digest.sha256, expected.facts_sha256),
      ...differ('files archived', archived, files.length),
      ...differ('rows in the books', run?.totals.read, expected.read),
    ];
    const counted =
      `${number(rows)} rows, ${number(bytes / 2 ** 20)} MiB, in ${seconds.toFixed(1)} s, at most ${number(mebibytes)} MiB of memory; ` +
      `${number(totals.rejected)} rejected, ${number(digest.facts)} facts`;
    return { counted, violations };
  } finally {
    await pool.end();
  }
}

function differ(what: string, found: unknown, expected: unknown): readonly string[] {
  return found === expected ? [] : [`${what}: ${found}, not ${expected}`];
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}
