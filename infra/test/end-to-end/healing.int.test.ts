import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GlueRunner } from '@weir/aws-simulator';
import { runOnProcesses } from '../../../packages/glue-job/src/testing/run-on-processes.ts';
import { AwsPlace, BUCKETS, GLUE_JOB } from '../../../packages/lambdas/test/support/aws-place.ts';
import { buildBundles, FUNCTION_NAMES } from '../../../packages/lambdas/test/support/build-bundles.ts';
import { busEvent, sqsBatch } from '../../../packages/lambdas/test/support/object-messages.ts';
import { jobEnded } from '../../../packages/lambdas/test/support/run-world.ts';

const DONE = { batchItemFailures: [] };
const SCHEDULED = { source: 'aws.events', 'detail-type': 'Scheduled Event' };
const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status\n';
const CUSTOMERS = 'customer_id,first_name,last_name,email,membership_level\nC1,Ada,Byron,ada@example.org,Gold\n';
const PRODUCTS = 'product_id,product_name,category,price,supplier_id\nP1,Mug,Kitchen,4.50,S1\n';
const DAYS = 'transactions/year=2023/month=03';

describe('rejected rows heal on AWS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-healing-'));
  let place: AwsPlace;

  beforeAll(async () => {
    const folderOf = buildBundles(folder);
    const run: GlueRunner = (job) => {
      const environment: Record<string, string> = { ...place.environment, PATH: process.env.PATH ?? '' };
      const named = { ...job, arguments: { ...job.arguments, '--weir-config': environment.WEIR_CONFIG ?? '' } };
      return runOnProcesses({ environment })(named);
    };
    place = await AwsPlace.open(run);
    for (const name of FUNCTION_NAMES) {
      const bundle = join(folderOf(name), 'index.mjs');
      const { environment } = place;
      place.simulator.createFunction({ name, bundle, handler: 'index.handler', timeout: 900, environment });
    }
    await invoke('dimensions', { RequestType: 'Create' });
    await loadDimensions({ 'dimensions/products.csv': PRODUCTS, 'dimensions/customers.csv': CUSTOMERS });
    await doRun(`${DAYS}/day=15/transactions_2023-03-15.csv`, [
      'good,C1,P1,2,4.50,2023-03-15,Cash,Completed',
      'late,C1,P9,2,4.50,2023-03-15,Cash,Completed',
      'moved-on,C1,P9,1,1.00,2023-03-14,Cash,Pending',
      'lost,C1,P8,1,1.00,2023-03-15,Cash,Pending',
    ]);
    await doRun(`${DAYS}/day=16/transactions_2023-03-16.csv`, ['moved-on,C1,P1,1,1.00,2023-03-16,Cash,Completed']);
  }, 120_000);
  afterAll(async () => {
    await place?.close();
    rmSync(folder, { recursive: true });
  });

  const invoke = (name: string, event: unknown) => place.simulator.invoke(name, event);
  const land = async (key: string, body: string) => busEvent({ key, versionId: await place.put(key, body), etag: '' });
  const ask = (sql: string) => place.simulator.redshift.query(sql);
  const facts = () => ask('SELECT transaction_id AS id, product_id AS product FROM fact_transactions ORDER BY 1');
  const due = async () => (await place.keysIn(BUCKETS.ledger)).filter((key) => key.includes('pending-replay'));

  async function loadDimensions(files: Readonly<Record<string, string>>): Promise<void> {
    const events = [];
    for (const [key, body] of Object.entries(files)) events.push(await land(key, body));
    expect(await invoke('dimensions', sqsBatch(...events))).toEqual(DONE);
  }

  async function doRun(key: string, rows: readonly string[]): Promise<void> {
    await invoke('files-landed', sqsBatch(await land(key, `${HEADER}${rows.join('\n')}\n`)));
    await place.simulator.settle(60_000);
    const { id, state } = place.simulator.glue.runsOf(GLUE_JOB).at(-1)!;
    expect(state).toBe('SUCCEEDED');
    for (const name of ['run-finished', 'archive']) await invoke(name, jobEnded(id, state, GLUE_JOB));
  }

  test('when their product lands; an old row that heals does not overwrite a newer one', async () => {
    expect(await facts()).toEqual([
      { id: 'good', product: 'P1' },
      { id: 'moved-on', product: 'P1' },
    ]);

    await loadDimensions({ 'dimensions/products.csv': `${PRODUCTS}P9,Lamp,Home,9.00,S2\n` });

    expect(await facts()).toEqual([
      { id: 'good', product: 'P1' },
      { id: 'late', product: 'P9' },
      { id: 'moved-on', product: 'P1' },
    ]);
    expect(await ask('SELECT source_line::int AS line, state FROM ingest_reject ORDER BY 1')).toEqual([
      { line: 3, state: 'resolved' },
      { line: 4, state: 'resolved' },
      { line: 5, state: 'open' },
    ]);
    const [run] = await ask(
      "SELECT status, read::int, inserted::int, stale::int, rejected::int FROM ingest_run WHERE run_id LIKE 'heal-%'",
    );
    expect(run).toEqual({ status: 'succeeded', read: 2, inserted: 1, stale: 1, rejected: 0 });
    expect(place.simulator.logsOf('dimensions').join('\n')).toContain('Rejected rows were read again.');
    expect(await due()).toEqual([]);
  }, 60_000);

  test('once, however often the same file is told of, and by the sweep where the first try failed', async () => {
    const event = await land('dimensions/products.csv', `${PRODUCTS}P8,Desk,Home,99.00,S2\n`);
    await ask("ALTER TABLE ingest_run ADD CONSTRAINT none CHECK (run_id NOT LIKE 'heal-%') NOT VALID");
    expect(await invoke('dimensions', sqsBatch(event))).toEqual(DONE);
    expect(place.simulator.logsOf('dimensions').join('\n')).toContain('Rows could not be healed');
    expect(await facts()).toHaveLength(3);
    expect(await due()).toHaveLength(1);
    await expect(invoke('dimensions', SCHEDULED)).rejects.toThrow();
    await ask('ALTER TABLE ingest_run DROP CONSTRAINT none');

    expect(await invoke('dimensions', SCHEDULED)).toEqual([]);
    expect(await facts()).toContainEqual({ id: 'lost', product: 'P8' });
    expect(await due()).toEqual([]);

    const runs = await ask('SELECT run_id FROM ingest_run');
    expect(await invoke('dimensions', sqsBatch(event, event))).toEqual(DONE);
    expect(await invoke('dimensions', SCHEDULED)).toEqual([]);
    expect(await ask('SELECT run_id FROM ingest_run')).toEqual(runs);
  }, 60_000);
});
