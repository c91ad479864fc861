/**
 * Prints how long `weir explain` takes where millions of decisions are kept in Postgres: the questions to the database, and the
 * whole command while the server runs, from its bundle. Between any two commands an empty program is started on the same
 * Node: the ratio of the two is as it is on a quiet machine too, and so is, nearly, the time on a processor.
 *
 *     node benchmarks/explain.mjs [millions of decisions]      (default 10, five a transaction)
 *
 * The database is made in .weir/benchmark-explain and kept.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedPostgres } from '../packages/adapters-local/src/embedded-postgres/open-embedded-postgres.ts';
import { SystemClock } from '../packages/adapters-local/src/in-process/system-clock.ts';
import {
  openPostgresPool,
  PostgresDecisionLog,
  PostgresFactReader,
  PostgresSchema,
} from '../packages/adapters-local/src/index.ts';
import { bundleCommand, COMMAND_FOLDER } from '../scripts/bundle-command.mjs';

const RUNS = 5;
const QUESTIONS = 1000;
const COMMANDS = 20;
const root = join(import.meta.dirname, '..');
const [millions = 10] = process.argv.slice(2).map(Number);
const folder = join(root, '.weir', 'benchmark-explain', `${millions}-million`);
const transactions = Math.round((millions * 1e6) / RUNS);

const server = await openEmbeddedPostgres({ dataDirectory: join(folder, '.weir', 'postgres') });
const pool = openPostgresPool({ connectionString: server.connectionString, statementTimeout: 3_600_000 });
try {
  await new PostgresSchema({ pool, clock: new SystemClock() }).upgrade();
  if ((await count('fact_transactions')) === 0) await fill();
  console.log(`${await count('ingest_decision')} decisions about ${await count('fact_transactions')} transactions`);
  const ids = Array.from({ length: QUESTIONS }, () => idOf(1 + Math.floor(Math.random() * transactions)));
  tell(`${QUESTIONS} times both questions`, await times(ids, ask()));
  await bundleCommand(join(root, COMMAND_FOLDER));
  await compareCommands(ids.slice(0, COMMANDS));
} finally {
  await pool.end();
  await server.close();
}

async function times(ids, work) {
  const times = [];
  for (const id of ids) {
    const start = performance.now();
    await work(id);
    times.push(performance.now() - start);
  }
  return times;
}

function tell(what, times) {
  times.sort((a, b) => a - b);
  const at = (share) => `${times[Math.ceil(times.length * share) - 1].toFixed(1)} ms`;
  console.log(`${what}: median ${at(0.5)}, 99 of 100 within ${at(0.99)}, longest ${at(1)}`);
}

async function compareCommands(ids) {
  const [empty, whole] = [emptyRecord(), emptyRecord()];
  for (const id of ids) {
    await record(empty, () => run(['--eval', '0']));
    await record(whole, () => command(id));
  }
  tell(`${ids.length} times an empty program`, empty.times);
  tell(`${ids.length} times the whole command`, whole.times);
  const each = ({ processor }) => processor / ids.length;
  console.log(
    `on a processor: an empty program ${each(empty).toFixed(0)} ms, the whole command ${each(whole).toFixed(0)} ms, ` +
      `${(each(whole) / each(empty)).toFixed(1)} x`,
  );
}

function emptyRecord() {
  return { times: [], processor: 0 };
}

async function record(into, work) {
  const before = processorTimeOfChildren();
  into.times.push(...(await times([undefined], work)));
  into.processor += processorTimeOfChildren() - before;
}

/** Milliseconds of all that have ended, user and system. Linux tells it in hundredths of a second. */
function processorTimeOfChildren() {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function ask() {
  const [log, facts] = [new PostgresDecisionLog({ pool }), new PostgresFactReader({ pool })];
  return async (id) => {
    const [decisions, fact] = await Promise.all([log.decisionsAbout(id), facts.fact(id)]);
    if (decisions.length !== RUNS || fact === undefined) throw new Error(`${id} has ${decisions.length} decisions.`);
  };
}

function command(id) {
  const stdout = run([join(root, COMMAND_FOLDER, 'bin', 'weir.mjs'), 'explain', id, '--json']);
  if (JSON.parse(stdout).decisions.length !== RUNS) throw new Error(`${id} is not told whole.`);
}

function run(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

async function count(table) {
  return Number((await pool.query(`SELECT COUNT(*) AS rows FROM ${table}`)).rows[0].rows);
}

function idOf(number) {
  return `T-${String(number).padStart(9, '0')}`;
}

/** Every run delivers each transaction once, in an order of its own, and each row wins. */
async function fill() {
  const key = (run) => `'transactions/year=2023/month=03/day=' || LPAD(${run}::text, 2, '0') || '/transactions.csv'`;
  const day = (run) => `DATE '2023-03-01' + (${run})::int`;
  const row = (run) => `${key(run)}, t + 1, ${day(run)}, ${day(run)} + TIME '06:30:00.123'`;
  const id = `'T-' || LPAD(t::text, 9, '0')`;
  await pool.query(`INSERT INTO ingest_file SELECT 'run-' || r, ${key('r')}, 'sha256:' || REPEAT(r::text, 64), 'loaded', NULL, NULL,
    1, ${day('r')}, ${day('r')} + TIME '06:30:00.123', 'header', 0, 1, 0, 1, 0, 0, 0, 0, '{}', ${day('r')} FROM GENERATE_SERIES(1, ${RUNS}) r`);
  for (let run = 1; run <= RUNS; run++) {
    const [verdict, decidedBy] = run === 1 ? ['inserted', 'NULL'] : ['updated', `'transaction_date'`];
    const other =
      run === 1
        ? 'NULL, NULL, NULL, NULL, NULL, NULL'
        : `${key(run - 1)}, t + 1, ${day(run - 1)}, 'Completed', 3, 'run-${run - 1}'`;
    await pool.query(`INSERT INTO ingest_decision SELECT 'run-${run}', ${id}, '${verdict}', ${decidedBy}, ${row(run)}, ${day(run)},
      'Completed', 3, ${other}, ${day(run)} + TIME '07:00' FROM GENERATE_SERIES(1, ${transactions}) t ORDER BY HASHINT8(t + ${run})`);
    console.log(`filled run ${run} of ${RUNS}`);
  }
  await pool.query(`INSERT INTO fact_transactions (transaction_id, customer_id, product_id, quantity, price, transaction_date,
      payment_type, status, status_rank, total_amount, amount_class, product_name, category, supplier_id, list_price,
      membership_level, source_key, source_line, source_day, source_modified, run_id, first_loaded_at, updated_at)
    SELECT ${id}, 'C-1', 'P-1', 2, 4.5, ${day(RUNS)}, 'Cash', 'Completed', 3, 9, 'Small', 'Mug', 'Kitchen', 'S-1', 4.5, 'Gold',
      ${row(RUNS)}, 'run-${RUNS}', ${day(1)}, ${day(RUNS)} FROM GENERATE_SERIES(1, ${transactions}) t`);
  await pool.query('ANALYZE');
}
