import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AwsPlace, BUCKETS, GLUE_JOB, PROGRAM_PASSWORD } from './support/aws-place.ts';
import { buildBundles, FUNCTION_NAMES } from './support/build-bundles.ts';
import { busEvent, DAY_KEY, sqsBatch } from './support/object-messages.ts';
import { jobEnded } from './support/run-world.ts';

const ALL_DONE = { batchItemFailures: [] };

describe('the bundles of functions on a simulated AWS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bundles-'));
  let place: AwsPlace;

  beforeAll(async () => {
    const folderOf = buildBundles(folder);
    place = await AwsPlace.open(async () => ({ state: 'FAILED', message: 'SystemExit: 1' }));
    for (const name of FUNCTION_NAMES) {
      const bundle = join(folderOf(name), 'index.mjs');
      const { environment } = place;
      place.simulator.createFunction({ name, bundle, handler: 'index.handler', timeout: 60, environment });
    }
    await invoke('dimensions', { RequestType: 'Create' });
  }, 120_000);
  afterAll(async () => {
    await place?.close();
    rmSync(folder, { recursive: true });
  });

  const invoke = (name: string, event: unknown) => place.simulator.invoke(name, event);
  const jobs = () => place.simulator.glue.runsOf(GLUE_JOB);
  const isOpen = async () => (await place.keysIn(BUCKETS.ledger)).filter((key) => key.includes('runs/open/'));

  test('a file whose runs fail is tried three times, each told once, and then waits for people where it landed', async () => {
    place.simulator.putObjectAt(BUCKETS.landing, DAY_KEY, 'rows', new Date(Date.now() - 3_600_000));
    const landed = sqsBatch(busEvent({ etag: '' }), busEvent({ etag: '' }));

    expect(await invoke('files-landed', landed)).toEqual(ALL_DONE);
    expect(await invoke('files-landed', landed)).toEqual(ALL_DONE);
    for (let attempt = 1; attempt <= 3; attempt++) {
      await place.simulator.settle();
      expect(jobs()).toHaveLength(attempt);
      const ended = jobEnded(jobs().at(-1)!.id, 'FAILED', GLUE_JOB);
      await Promise.all(['run-finished', 'archive', 'run-finished', 'archive'].map((name) => invoke(name, ended)));
      expect(place.simulator.mailbox).toHaveLength(attempt);
      expect(await isOpen()).toEqual([]);
      await invoke('reconcile', {});
    }

    expect(jobs()).toHaveLength(3);
    expect(await place.keysIn(BUCKETS.landing)).toEqual([DAY_KEY]);
    expect(place.simulator.logsOf('reconcile').join('\n')).toContain('A file failed as often as it may');
  }, 60_000);

  test('a function that dies after its work starts no second job', async () => {
    const versionId = await place.put('transactions/b.csv', 'rows');
    const before = jobs().length;
    const event = busEvent({ key: 'transactions/b.csv', versionId });
    place.simulator.injectFault({ service: 'Lambda', operation: 'files-landed', call: 1, when: 'after', as: 'reset' });

    await expect(invoke('files-landed', sqsBatch(event))).rejects.toMatchObject({ name: 'Runtime.ExitError' });
    expect(await invoke('files-landed', sqsBatch(event))).toEqual(ALL_DONE);

    expect(jobs()).toHaveLength(before + 1);
  });

  test('a sweep alone starts, ends and tells a run of which no event arrived', async () => {
    place.simulator.putObjectAt(BUCKETS.landing, 'transactions/c.csv', 'rows', new Date(Date.now() - 3_600_000));
    const [before, mails] = [jobs().length, place.simulator.mailbox.length];

    await invoke('reconcile', {});
    await place.simulator.settle();
    await invoke('reconcile', {});

    expect(jobs().length).toBeGreaterThan(before);
    expect(place.simulator.mailbox.length).toBeGreaterThan(mails);
  });

  test('a right that is missing is told with what to do about it, and the next set-up grants it', async () => {
    const key = 'dimensions/products.csv';
    await place.put(key, 'product_id,product_name,category,price,supplier_id\nP1,Mug,Kitchen,4.50,S1\n');
    const event = sqsBatch(busEvent({ key, etag: '' }));
    const { redshift } = place.simulator;
    await redshift.query(`REVOKE INSERT ON dim_products FROM "${redshift.roleOf('weir_app')}"`);

    expect(await invoke('dimensions', event)).toMatchObject({ batchItemFailures: [{}] });

    const log = place.simulator.logsOf('dimensions').join('\n');
    expect(log).toContain('warehouse.permission-denied');
    expect(log).toContain('set again by its set-up: invoke its dimensions function');
    expect(log).not.toContain(PROGRAM_PASSWORD);
    await invoke('dimensions', { RequestType: 'Update' });
    expect(await redshift.query('SELECT product_id FROM dim_products')).toEqual([{ product_id: 'P1' }]);
    expect(await invoke('dimensions', event)).toEqual(ALL_DONE);
  });

  test('a bad dimension file is told without a word of its rows, and lies in the quarantine', async () => {
    const key = 'dimensions/customers.csv';
    await place.put(
      key,
      'customer_id,first_name,last_name,email,membership_level\n,Secret,Person,secret@example.com,Gold\n',
    );

    expect(await invoke('dimensions', sqsBatch(busEvent({ key, etag: '' })))).toEqual(ALL_DONE);

    const mail = place.simulator.mailbox.at(-1)!;
    expect(mail.subject).toBe('Weir: refused a file of customers, nothing of it was loaded');
    expect(mail.body).toContain('line 2, customer_id: customer-id-blank');
    const told = [mail.body, ...place.simulator.logsOf('dimensions')].join('\n');
    expect(told).not.toMatch(/Secret|Person|secret@example/);
    expect(await place.keysIn(BUCKETS.quarantine)).toEqual([key]);
    expect(await place.keysIn(BUCKETS.landing)).not.toContain(key);
  });
});
