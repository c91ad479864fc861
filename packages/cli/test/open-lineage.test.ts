import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LineageEvent } from '@weir/core/telemetry';
import { FixedClock } from '@weir/core/testing';
import { LineageClient } from '../src/events/lineage-client.ts';
import { nameFile, nameTable } from '../src/events/lineage-names.ts';
import { chooseLineageTarget } from '../src/events/lineage-target.ts';
import { uuidOf } from '../src/events/open-lineage.ts';
import { openRunEvents } from '../src/events/open-run-events.ts';
import type { Session } from '../src/session.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';
import { openTestScreen } from './support/test-screen.ts';

interface Received {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what they expect
  readonly event: any;
}

let server: Server;
let base: string;
let received: Received[];
/** How the server answers; undefined where it never does. */
let status: number | undefined;

beforeEach(async () => {
  received = [];
  status = 201;
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ url: request.url, headers: request.headers, event: JSON.parse(body) });
    if (status === undefined) return;
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('a body');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Sends events of these types; what was said about faults. */
async function send(url: string, types: readonly string[], timeout?: number): Promise<string[]> {
  const faults: string[] = [];
  const client = new LineageClient({ url, apiKey: undefined }, (error) => faults.push(String(error)), timeout);
  for (const eventType of types) client.write({ eventType } as LineageEvent);
  await client.close();
  return faults;
}

describe('events are sent to a server', () => {
  it('one after the other, in their order', async () => {
    expect(await send(base, ['START', 'COMPLETE'])).toEqual([]);
    expect(received.map(({ event }) => event.eventType)).toEqual(['START', 'COMPLETE']);
    expect(received[0]!.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(received[0]!.headers.authorization).toBeUndefined();
  });

  it.each([400, 500, 503])('and where it answers %i, that is told once, and the next is tried', async (answer) => {
    status = answer;
    expect(await send(base, ['START', 'COMPLETE'])).toEqual([expect.stringContaining(`the answer was ${answer}`)]);
    expect(received).toHaveLength(2);
  });

  it('and no redirect is followed: the key is for this server alone', async () => {
    status = 302;
    expect(await send(base, ['START'])).toHaveLength(1);
    expect(received.map(({ url }) => url)).toEqual(['/']);
  });

  it('and where it does not answer, nobody waits for long', async () => {
    status = undefined;
    expect(await send(base, ['START'], 50)).toEqual([expect.stringContaining('timeout')]);
  });

  it('and where there is none, that is told', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await send(base, ['START', 'COMPLETE'])).toHaveLength(1);
  });
});

describe('events go', () => {
  const choose = (option: string | undefined, env: NodeJS.ProcessEnv = {}) => chooseLineageTarget(option, env, '/shop');
  it.each([
    ['nowhere where nothing is said', undefined, {}, undefined],
    ['nowhere where the variable is empty', undefined, { OPENLINEAGE_URL: '' }, undefined],
    ['to a file', 'lineage.ndjson', { OPENLINEAGE_URL: 'http://h' }, { kind: 'file', path: '/shop/lineage.ndjson' }],
    ['to a server', 'http://h:5000', {}, { kind: 'url', url: 'http://h:5000/api/v1/lineage', apiKey: undefined }],
    [
      'to a server under a path',
      'https://h/marquez/',
      {},
      { kind: 'url', url: 'https://h/marquez/api/v1/lineage', apiKey: undefined },
    ],
    [
      'where the environment says',
      undefined,
      { OPENLINEAGE_URL: 'http://h', OPENLINEAGE_ENDPOINT: '/lineage', OPENLINEAGE_API_KEY: 'k' },
      { kind: 'url', url: 'http://h/lineage', apiKey: 'k' },
    ],
  ])('%s', (_, option, env, target) => expect(choose(option, env)).toEqual(target));

  it.each(['ftp://h', 'http://', 'lineage.ndjson', 'http://me:secret@h'])(
    'never to %s, from the environment',
    (url) => {
      expect(() => choose(undefined, { OPENLINEAGE_URL: url })).toThrow(/^(?!.*secret)/);
    },
  );
});

describe('datasets are named as OpenLineage has it', () => {
  const url = (text: string) => ({ kind: 'url', url: text, from: { kind: 'default' } }) as const;
  it.each([
    ['a file', nameFile('/data/my landing', 'a/b.csv'), { namespace: 'file', name: '/data/my landing/a/b.csv' }],
    ['an object', nameFile('s3://bucket/in/', 'a/b.csv'), { namespace: 's3://bucket', name: 'a/b.csv' }],
    [
      'a table, without user and password',
      nameTable(url('postgres://me:secret@db.example/sh%20op'), 't'),
      { namespace: 'postgres://db.example:5432', name: 'sh op.public.t' },
    ],
    [
      'a table behind another port',
      nameTable(url('postgresql://db:6543/shop'), 't'),
      { namespace: 'postgres://db:6543', name: 'shop.public.t' },
    ],
    [
      'a table of the embedded database',
      nameTable({ kind: 'embedded', dataDirectory: '/shop/.weir/postgres', from: { kind: 'default' } }, 't'),
      { namespace: 'file', name: '/shop/.weir/postgres/t' },
    ],
  ])('%s', (_, name, expected) => expect(name).toEqual(expected));

  it('and runs by UUIDs, the same for the same run', () => {
    expect(uuidOf('20230315T061502Z-3f9a2c')).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
    expect(uuidOf('a')).toBe(uuidOf('a'));
    expect(uuidOf('a')).not.toBe(uuidOf('b'));
  });
});

describe('a command tells OpenLineage', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await openTemporaryFolder();
  });
  afterEach(() => folder.remove());

  /** Starts a run; what was said about it. */
  async function start(openlineage: string | undefined, env: NodeJS.ProcessEnv = {}): Promise<string> {
    const { screen, stderr } = openTestScreen();
    const session = { screen, cwd: folder.path, env, options: {} } as unknown as Session;
    const events = await openRunEvents(session, { openlineage }, { clock: new FixedClock(), landing: '/landing' });
    events.take({ kind: 'run-started', runId: 'run-1', operation: 'ingest' });
    await events.close();
    return stderr();
  }

  it('in a file', async () => {
    expect(await start('lineage.ndjson')).toBe('');
    expect(JSON.parse(await readFile(folder.in('lineage.ndjson'), 'utf8'))).toMatchObject({ eventType: 'START' });
  });

  it('at the address of the environment, with the key and the namespace that it names', async () => {
    const env = { OPENLINEAGE_URL: base, OPENLINEAGE_API_KEY: 'k-1', OPENLINEAGE_NAMESPACE: 'prod' };
    expect(await start(undefined, env)).toBe('');
    expect(received).toMatchObject([
      {
        url: '/api/v1/lineage',
        headers: { authorization: 'Bearer k-1' },
        event: { eventType: 'START', job: { namespace: 'prod' } },
      },
    ]);
  });

  it('nothing where the environment names no address, and says so', async () => {
    expect(await start(undefined, { OPENLINEAGE_URL: 'me:secret@h' })).toBe(
      'OpenLineage events are not sent: It is no address that begins with http:// or https://. The run goes on without.\n',
    );
  });

  it('nothing where nobody listens, and says so once', async () => {
    status = 500;
    expect(await start(base)).toBe(
      `OpenLineage events are not sent to ${base}/api/v1/lineage: the answer was 500 Internal Server Error. The run goes on without.\n`,
    );
  });
});
