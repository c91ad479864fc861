import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type RunEvent, runEventSchema } from '@weir/core/telemetry';
import { dayFile, transactions } from './support/csv.ts';
import { openShop, type Shop } from './support/shop.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await weir('init');
});
afterAll(() => shop.close());

const weir = (...args: string[]) => shop.weir(...args, '--json');
const ingest = (...args: string[]) => weir('ingest', '--landing', 'landing', ...args);

/** Every line of a file of events; each must fit the schema. */
async function readEvents(name: string): Promise<RunEvent[]> {
  const lines = (await readFile(shop.folder.in(name), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => {
    const event = JSON.parse(line);
    expect(runEventSchema.parse(event)).toEqual(event);
    return event;
  });
}

it('a run and the replay that heals it tell all they do in one file, by the id of their run', async () => {
  await shop.folder.write(`landing/${dayFile('a.csv')}`, transactions('a', 3));
  const run = (await ingest('--events', 'events.ndjson')).json();
  const load = ['--products', 'products.csv', '--customers', 'customers.csv'];
  const { rejects } = (await weir('dimensions', 'load', ...load, '--events', 'events.ndjson')).json();

  const events = await readEvents('events.ndjson');
  const [replayId] = rejects.runs;
  const kindsOf = (id: string) => events.filter(({ runId }) => runId === id).map(({ kind }) => kind);
  expect(kindsOf(run.runId)).toEqual([
    'run-started',
    'listed',
    'file-started',
    'dimensions-read',
    'file-progress',
    'file-read',
    'committing',
    'file-ended',
    'run-ended',
  ]);
  expect(kindsOf(replayId)).toEqual(['run-started', 'committing', 'file-ended', 'run-ended']);
  expect(events.filter(({ kind }) => kind === 'run-ended')).toMatchObject([
    { runId: run.runId, totals: { read: 3, rejected: 3 }, phases: { reading: expect.any(Number) } },
    { runId: replayId, totals: { read: 3, inserted: 3 }, files: { replayed: 1 } },
  ]);
});

it('a run that fails tells so at its end', async () => {
  const { code } = await ingest('--events', 'failed.ndjson', '--landing', 'none');
  expect(code).not.toBe(0);
  expect((await readEvents('failed.ndjson')).at(-1)).toMatchObject({
    kind: 'run-ended',
    status: 'failed',
    error: { code: expect.stringMatching(/^landing\./), message: expect.any(String) },
  });
});

it('a run tells OpenLineage that it starts and what it read and wrote, under names without a password', async () => {
  await shop.folder.write(`landing/${dayFile('c.csv')}`, transactions('c', 4));
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what they expect
  const received: any[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push(JSON.parse(body));
    response.writeHead(201).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    expect(await ingest('--openlineage', `http://127.0.0.1:${port}`)).toMatchObject({ code: 0 });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
  const { hostname, port, pathname, password } = new URL(shop.database.connectionString);
  const facts = {
    namespace: `postgres://${hostname}:${port || 5432}`,
    name: `${pathname.slice(1)}.public.fact_transactions`,
  };
  expect(received).toMatchObject([
    { eventType: 'START', outputs: [facts] },
    {
      eventType: 'COMPLETE',
      inputs: expect.arrayContaining([
        expect.objectContaining({ namespace: 'file', name: shop.folder.in('landing', dayFile('c.csv')) }),
      ]),
      outputs: [{ ...facts, outputFacets: { outputStatistics: { rowCount: 4 } } }],
    },
  ]);
  if (password !== '') expect(JSON.stringify(received)).not.toContain(password);
});

it('a run does all it has to do where its events cannot be written, and says so once', async () => {
  await mkdir(shop.folder.in('folder'));
  await shop.folder.write(`landing/${dayFile('b.csv')}`, transactions('b', 2));
  const { code, stderr, json } = await ingest('--events', 'folder');
  expect(code).toBe(0);
  expect(json()).toMatchObject({ totals: { inserted: 2 } });
  expect(stderr.match(/Run events are not written/g)).toHaveLength(1);
});
