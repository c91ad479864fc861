/**
 * Parses every statement that Weir sends to Redshift with a grammar of Redshift's SQL that others wrote, and some that are wrong, which it
 * must not take. Ends with 1 otherwise. Needs Python 3 with venv and pip, and once the Python index.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareCopy } from '../packages/adapters-aws/src/redshift/copy-statement.ts';
import { unload } from '../packages/adapters-aws/src/redshift/unload.ts';
import { parsePolicy } from '../packages/core/src/index.ts';
import { STAGE_TABLES, selectDimension, selectFacts } from '../packages/warehouse-sql/src/index.ts';
import { listRedshiftStatements } from '../packages/warehouse-sql/test/support/redshift-statements.ts';

const SQLFLUFF = 'sqlfluff==3.4.2';
const root = join(import.meta.dirname, '..');

const POLICIES = [
  parsePolicy(),
  parsePolicy({ decisions: 'none' }),
  parsePolicy({ decisions: 'all', statuses: ['Open', "Won't \\ pay", 'Paid'], terminalStatuses: ["Won't \\ pay"] }),
];
/** Of Postgres, or with a clause that Redshift does not have there. */
const WRONG = [
  'INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO NOTHING',
  'CREATE TEMPORARY TABLE t (a INTEGER) ON COMMIT DROP',
  'SAVEPOINT a',
  'CREATE TABLE t (a INTEGER) DISTKEY a',
  'CREATE TEMPORARY TABLE t AS SELECT 1 AS a DISTKEY (a)',
  "COPY t (a) FROM 's3://b/k' IAM_ROLE default COMPRESS ZSTD",
  "UNLOAD (SELECT a FROM t) TO 's3://b/k' IAM_ROLE default",
  'UPDATE t SET a = s.a JOIN s ON s.b = t.b',
  'LOCK t IN ACCESS EXCLUSIVE MODE',
];

const own = [...POLICIES.flatMap((policy) => listRedshiftStatements(policy)), ...(await listTransfers())].map(
  withValues,
);
const statements = [...new Set(own)];
const input = JSON.stringify({ statements, wrong: WRONG });
const { status, error } = spawnSync(installedPython(), ['-c', program()], {
  input,
  stdio: ['pipe', 'inherit', 'inherit'],
});
if (error) console.error(error.message);
if (status !== 0) process.exit(1);
console.log(`${SQLFLUFF} takes all ${statements.length} statements, and none of ${WRONG.length} wrong ones.`);

/** COPY and UNLOAD, caught on their way. */
async function listTransfers() {
  const found = [];
  const client = { send: async () => ({}) };
  const places = ['arn:aws:iam::123456789012:role/r', undefined].map((copyRoleArn) => ({
    ...{ client, bucket: 'staging', region: 'eu-central-1', copyRoleArn },
  }));
  const session = { transact: async (orders) => void found.push(...orders) };
  const queries = [selectFacts('redshift'), selectDimension('products'), selectDimension('customers')];
  for (const place of places) {
    for (const table of STAGE_TABLES)
      for (const isPacked of [true, false])
        found.push(...(await prepareCopy(place, 'm', { table, keys: ['a'], isPacked })));
    const orders = queries.map((query, i) => ({ query, prefix: `p/${i}/`, isOrdered: i === 0 }));
    // There is no manifest to read behind it.
    await unload(session, place, orders, 'checking').catch(() => undefined);
  }
  return found;
}

/** The grammar does not know the parameters of the Data API. */
function withValues({ text, parameters }) {
  const names = parameters.map(({ name }) => name).sort((a, b) => b.length - a.length);
  return names.reduce((sql, name) => sql.replaceAll(`:${name}`, "'1'"), text);
}

/** In an environment of its own, which is made the first time. */
function installedPython() {
  const environment = join(root, '.weir', SQLFLUFF.replace('==', '-'));
  const python = join(environment, 'bin', 'python');
  if (existsSync(join(environment, 'bin', 'sqlfluff'))) return python;
  rmSync(environment, { recursive: true, force: true });
  run('python3', ['-m', 'venv', environment]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', SQLFLUFF]);
  return python;
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  console.error(`${command} ${args[0]} failed${error ? `: ${error.message}` : ''}. What it said stands above.`);
  process.exit(1);
}

function program() {
  return `
import json, sys
from sqlfluff.core import FluffConfig, Linter

given = json.load(sys.stdin)
linter = Linter(config=FluffConfig(overrides={"dialect": "redshift", "large_file_skip_byte_limit": 0, "templater": "raw"}))

def unparsable(sql):
    parsed = linter.parse_string(sql + ";")
    return parsed.tree is None or any(True for _ in parsed.tree.recursive_crawl("unparsable")) or len(parsed.violations) > 0

refused = [sql for sql in given["statements"] if unparsable(sql)]
taken = [sql for sql in given["wrong"] if not unparsable(sql)]
for sql in refused:
    print("The grammar of Redshift does not take:\\n" + sql, file=sys.stderr)
for sql in taken:
    print("The grammar takes what Redshift does not, so that it proves little:\\n" + sql, file=sys.stderr)
sys.exit(1 if refused or taken else 0)
`;
}
