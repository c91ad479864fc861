import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GlueRunner } from '@weir/aws-simulator';
import { CANARY, expectNoCanary, findCanaries } from '../../../packages/core/test/support/canary.ts';
import { runOnProcesses } from '../../../packages/glue-job/src/testing/run-on-processes.ts';
import { AwsPlace, BUCKETS, GLUE_JOB, PROGRAM_PASSWORD } from '../../../packages/lambdas/test/support/aws-place.ts';
import { buildBundles, FUNCTION_NAMES } from '../../../packages/lambdas/test/support/build-bundles.ts';
import { busEvent, sqsBatch } from '../../../packages/lambdas/test/support/object-messages.ts';
import { jobEnded } from '../../../packages/lambdas/test/support/run-world.ts';

const { email, firstName, lastName, password } = CANARY;
const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status\n';
const PERSON = `C1,${firstName},${lastName},${email},Gold\n`;
const CUSTOMERS = `customer_id,first_name,last_name,email,membership_level\n${PERSON}`;
const MIXED_UP = [
  'T1,C1,P1,2,4.50,2023-03-15,Cash,Completed',
  `T2,${email},P1,1,4.50,2023-03-15,Cash,Completed`,
  `T3,C1,P1,${email},${lastName},${firstName},${email},${lastName}`,
  `T4,C1,P1,1,4.50,2023-03-15,Cash,Completed,${email}`,
];

describe('names, addresses and passwords of people stay where they belong on AWS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-told-'));
  let place: AwsPlace;
  let jobLog = '';

  beforeAll(async () => {
    const folderOf = buildBundles(folder);
    const run: GlueRunner = (job) => {
      const environment: Record<string, string> = { ...place.environment, PATH: process.env.PATH ?? '' };
      const onLog = (text: string) => {
        jobLog += text;
      };
      const named = { ...job, arguments: { ...job.arguments, '--weir-config': environment.WEIR_CONFIG ?? '' } };
      return runOnProcesses({ environment, onLog })(named);
    };
    place = await AwsPlace.open(run);
    for (const name of FUNCTION_NAMES) createFunction(name, name);
    function createFunction(name: string, code: string, change: Readonly<Record<string, string>> = {}) {
      const bundle = join(folderOf(code), 'index.mjs');
      const environment = { ...place.environment, POWERTOOLS_LOG_LEVEL: 'DEBUG', ...change };
      place.simulator.createFunction({ name, bundle, handler: 'index.handler', timeout: 60, environment });
    }
    createFunction('misconfigured', 'files-landed', { WEIR_CONFIG: `${password} {"redshift":` });
    await invoke('dimensions', { RequestType: 'Create' });
  }, 120_000);
  afterAll(async () => {
    await place?.close();
    rmSync(folder, { recursive: true });
  });

  const invoke = (name: string, event: unknown) => place.simulator.invoke(name, event);
  const land = async (key: string, body: string) => busEvent({ key, versionId: await place.put(key, body), etag: '' });
  const ask = (sql: string) => place.simulator.redshift.query(sql);

  /** All that anybody is told: logs with the metrics in them, mails, what Lambda and Glue say of failures, the ledger. */
  async function everythingTold(): Promise<ReadonlyMap<string, string>> {
    const { simulator } = place;
    const told = new Map([...FUNCTION_NAMES, 'misconfigured'].map((name) => [name, simulator.logsOf(name).join('\n')]));
    told.set('mails', simulator.mailbox.map(({ subject, body }) => `${subject}\n${body}`).join('\n'));
    told.set('job', jobLog);
    told.set('failures', simulator.failedInvocations.map(({ error }) => JSON.stringify(error)).join('\n'));
    told.set('job runs', JSON.stringify(simulator.glue.runsOf(GLUE_JOB)));
    for (const key of await place.keysIn(BUCKETS.ledger)) told.set(key, await read(BUCKETS.ledger, key).then(String));
    return told;
  }

  async function read(bucket: string, key: string): Promise<Buffer> {
    const response = await place.request('GET', `/${bucket}/${encodeURI(key)}`);
    return Buffer.from(await response.arrayBuffer());
  }

  async function doRun(event: unknown): Promise<void> {
    await invoke('files-landed', sqsBatch(event));
    await place.simulator.settle(60_000);
    const { id, state } = place.simulator.glue.runsOf(GLUE_JOB).at(-1)!;
    for (const name of ['run-finished', 'archive']) await invoke(name, jobEnded(id, state, GLUE_JOB));
  }

  test('when dimension files are refused, and when the warehouse refuses a row and quotes it', async () => {
    const bad = {
      'dimensions/a/customers.csv': PERSON,
      'dimensions/b/customers.csv': `${CUSTOMERS}C2,${firstName},${lastName},${email}\n`,
      'dimensions/c/customers.csv': `${CUSTOMERS}C3,${firstName},${lastName},${email.repeat(20)},Gold\n`,
      'dimensions/d/customers.csv.gz': CUSTOMERS,
    };
    for (const [key, content] of Object.entries(bad)) {
      expect(await invoke('dimensions', sqsBatch(await land(key, content)))).toEqual({ batchItemFailures: [] });
    }
    await invoke(
      'dimensions',
      sqsBatch(
        await land(
          'dimensions/products.csv',
          'product_id,product_name,category,price,supplier_id\nP1,Mug,Kitchen,4.50,S1\n',
        ),
      ),
    );
    const customers = await land('dimensions/customers.csv', CUSTOMERS);
    await ask(`ALTER TABLE dim_customers ADD CONSTRAINT no_gold CHECK (membership_level <> 'Gold')`);
    expect(await invoke('dimensions', sqsBatch(customers))).toMatchObject({ batchItemFailures: [{}] });
    await ask('ALTER TABLE dim_customers DROP CONSTRAINT no_gold');
    expect(await invoke('dimensions', sqsBatch(customers))).toEqual({ batchItemFailures: [] });

    expect(place.simulator.mailbox).toHaveLength(Object.keys(bad).length);
    expect(place.simulator.logsOf('dimensions').join('\n')).toContain('warehouse.failed');
    expectNoCanary(await everythingTold());
  }, 60_000);

  test('when a run fails, and when rows with them in every column are rejected', async () => {
    const key = 'transactions/year=2023/month=03/day=15/mixed-up.csv';
    place.simulator.putObjectAt(BUCKETS.landing, key, HEADER + MIXED_UP.join('\n'), new Date(Date.now() - 3_600_000));
    await ask('ALTER TABLE ingest_reject ADD CONSTRAINT none CHECK (source_line = 0)');
    await doRun(busEvent({ key, etag: '' }));
    expect(place.simulator.mailbox.at(-1)!.subject).toMatch(/FAILED/);
    await ask('ALTER TABLE ingest_reject DROP CONSTRAINT none');
    await invoke('reconcile', {});
    await place.simulator.settle(60_000);
    await doRun(await land('transactions/year=2023/month=03/day=15/customers.csv', CUSTOMERS));
    await invoke('reconcile', {});

    const told = await everythingTold();
    expect([...told.values()].join('\n')).not.toContain(PROGRAM_PASSWORD);
    expect(told.get('mails')).toContain('customer-unknown');
    expect(told.get('job')).toContain('4 rows of 1 files, 3 rejected');
    expectNoCanary(told);
    expect(findCanaries(JSON.stringify(await ask('SELECT * FROM ingest_reject'), null, 1))).toHaveLength(3);
    for (const table of ['fact_transactions', 'ingest_run', 'ingest_file', 'ingest_decision']) {
      expectNoCanary(new Map([[table, JSON.stringify(await ask(`SELECT * FROM ${table}`))]]));
    }
  }, 120_000);

  test('and no name of a file forges a line of a log or a mail, or steers a terminal', async () => {
    const forged = 'a.csv\n{"level":"INFO","message":"forged"}\n\u001b[2K\u202e\u0085\u2028next: forged\r';
    await doRun(await land(`transactions/year=2023/month=03/day=15/${forged}.csv`, `${HEADER}${MIXED_UP[0]}\n`));
    await doRun(await land(`transactions/year=2023/month=03/day=15/${forged}2.csv`, 'a,b\n'));
    await invoke('dimensions', sqsBatch(await land(`dimensions/${forged}/customers.csv`, PERSON)));

    const told = await everythingTold();
    const lines = [...FUNCTION_NAMES.flatMap((name) => place.simulator.logsOf(name)), ...jobLog.trimEnd().split('\n')];
    expect(lines.filter((line) => line.includes('forged')).length).toBeGreaterThan(4);
    for (const line of lines) {
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      expect(JSON.parse(line)).not.toMatchObject({ message: 'forged' });
    }
    const mails = told.get('mails')!;
    expect(mails).toContain('forged');
    expect(mails.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    expect(mails).not.toMatch(/^ *(\{"level"|next: forged)/m);
  }, 120_000);

  test('in the staging bucket: what workers read of customers is their ids and levels, and only rejects hold records', async () => {
    const staged = await place.keysIn(BUCKETS.staging);
    const isPerson = (key: string) => key.includes('/rejects/');
    expect(staged.filter((key) => key.includes('/dimensions/customers/'))).not.toEqual([]);
    for (const key of staged) {
      const bytes = await read(BUCKETS.staging, key);
      const text = String(key.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes);
      if (!isPerson(key)) expectNoCanary(new Map([[key, text]]));
    }
    expect(staged.filter((key) => key.startsWith('dimensions/'))).toEqual([]);
  });

  test('when they stand in an event, a configuration or an address that nobody expects them in', async () => {
    const signed = `http://127.0.0.1:1/?X-Amz-Signature=${password}`;
    const events: readonly [string, unknown][] = [
      [
        'files-landed',
        sqsBatch(
          `{"${email}`,
          JSON.stringify({ [email]: password }),
          JSON.stringify({ 'detail-type': 'Object Created', source: email }),
        ),
      ],
      ['dimensions', sqsBatch(password)],
      [
        'dimensions',
        { RequestType: 'Create', ResponseURL: signed, StackId: 's', RequestId: 'r', LogicalResourceId: 'l' },
      ],
      ['run-finished', { source: 'aws.glue', detail: { jobName: password } }],
      ['archive', { [email]: password }],
      ['misconfigured', sqsBatch(busEvent())],
    ];
    for (const [name, event] of events) {
      const answer = await invoke(name, event).catch((error: Error) => `${error.name}: ${error.message}`);
      expectNoCanary(new Map([[name, JSON.stringify(answer)]]));
    }
    const told = await everythingTold();
    expectNoCanary(told);
    const characters = [...told.values()].join('').length;
    console.info(
      `Canaries: looked for in ${told.size} logs, mails, reports and errors on AWS, ${characters} characters.`,
    );
  }, 60_000);
});
