/**
 * Prints how long each page of the dashboard takes over as many runs as are named, each with one file and one reject, and
 * its last page: where pages go on from a place, the last one must cost what the first does.
 *
 *     node benchmarks/dashboard.mjs [runs]      (default 1000000)
 *
 * The Postgres that comes with Weir is used, with its data in .weir/bench/postgres. A figure is the median of 5 requests.
 */
import {
  openPostgresPool,
  PostgresDecisionLog,
  PostgresDeliveryLog,
  PostgresFactReader,
  PostgresRejectStore,
  PostgresRunHistory,
  PostgresSchema,
  SystemClock,
} from '../packages/adapters-local/src/index.ts';
import { createDashboard } from '../packages/pages/src/index.ts';
import { BenchServer } from './harness/bench-database.ts';

const runs = Number(process.argv[2] ?? 1_000_000);
if (!Number.isInteger(runs) || runs < 1000) {
  console.error('Name a number of runs from 1000 on.');
  process.exit(2);
}
const ROUNDS = 5;
const DATABASE = 'dashboard';
const HASH = `sha256:${'a'.repeat(64)}`;

const server = await BenchServer.open();
await server.makeAnew(DATABASE);
const pool = openPostgresPool({ connectionString: server.urlOf(DATABASE), statementTimeout: 3_600_000 });
try {
  await new PostgresSchema({ pool, clock: new SystemClock() }).upgrade();
  await fill();
  await measure();
} finally {
  await pool.end();
  await server.drop(DATABASE);
  await server.close();
}

/** Run i started i minutes after the beginning of 2020; its file is of a day in one of 1000 days. */
async function fill() {
  const at = `TIMESTAMP '2020-01-01' + i * INTERVAL '1 minute'`;
  const day = `DATE '2020-01-01' + (i % 1000)`;
  const key = `'day/' || LPAD(i::text, 8, '0') || '.csv'`;
  const books = 'read, inserted, updated, unchanged, stale, duplicate, rejected';
  const from = `FROM GENERATE_SERIES(1, ${runs}) i`;
  await pool.query(`INSERT INTO ingest_run (run_id, status, started_at, finished_at, policy_hash, files, ${books}, warnings)
SELECT 'run-' || i, CASE WHEN i % 1000 = 0 THEN 'failed' ELSE 'succeeded-with-rejects' END, ${at}, ${at} + INTERVAL '5 seconds', '${HASH}', 1, 10, 9, 0, 0, 0, 0, 1, '[]' ${from}`);
  await pool.query(`INSERT INTO ingest_file (run_id, source_key, content_hash, status, size_bytes, source_day, source_modified, header, blank_lines, ${books}, rejects_by_code, loaded_at)
SELECT 'run-' || i, ${key}, '${HASH}', 'loaded', 1000, ${day}, ${at}, 'h', 0, 10, 9, 0, 0, 0, 0, 1, '{"price-negative":1}', ${at} ${from}`);
  await pool.query(`INSERT INTO ingest_reject (run_id, source_key, content_hash, source_line, raw_record, raw_encoding, raw_truncated, faults, first_seen, last_seen, state)
SELECT 'run-' || i, ${key}, '${HASH}', 2, 'x', 'text', 0, '[{"code":"price-negative","column":"price","message":"the price is below 0"}]', ${at}, ${at}, 'open' ${from}`);
  await pool.query('VACUUM ANALYZE');
}

async function measure() {
  const sources = {
    history: new PostgresRunHistory({ pool }),
    deliveries: new PostgresDeliveryLog({ pool }),
    decisions: new PostgresDecisionLog({ pool }),
    facts: new PostgresFactReader({ pool }),
    rejects: new PostgresRejectStore({ pool }),
    live: undefined,
  };
  const describeError = (error) => ({ message: error.stack });
  // Anew for each request: a dashboard tells metrics again that took long to add up.
  const open = () => createDashboard(sources, { classes: [], withValues: false, isOurHost: () => true, describeError });
  const last = String(runs - 1).padStart(8, '0');
  const lastDay = new Date(Date.UTC(2020, 0, 1 + Math.min(999, runs - 1))).toISOString().slice(0, 10);
  const pages = {
    'runs, first page': '/',
    'runs, last page': `/?beforeStart=${Date.UTC(2020, 0, 1, 0, 40)}&beforeRun=run-40`,
    'runs that failed': '/?status=failed',
    'a run': `/runs/run-${runs >> 1}`,
    'files, first page': '/files',
    'files, last page': `/files?afterDay=${lastDay}&afterKey=day/${last}.csv&afterRun=run-0`,
    'days of a year': '/days?year=2020',
    'rejects, first page': '/rejects',
    'rejects, last page': `/rejects?afterKey=day/${last}.csv&afterHash=a&afterLine=0`,
    'rejects of a code': '/rejects?code=price-negative&state=open',
    throughput: '/throughput',
    metrics: '/metrics',
    'a transaction': '/transaction?id=T-1',
  };
  console.log(`${runs.toLocaleString('en-US')} runs, as many files and rejects; median of ${ROUNDS}`);
  for (const [name, path] of Object.entries(pages)) {
    const times = [];
    let bytes = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      const response = await open().request(path);
      const page = await response.text();
      times.push(performance.now() - start);
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${page}`);
      bytes = page.length;
    }
    const median = times.sort((a, b) => a - b)[ROUNDS >> 1];
    console.log(`${name.padEnd(22)} ${median.toFixed(1).padStart(8)} ms ${String(bytes).padStart(8)} characters`);
  }
}
