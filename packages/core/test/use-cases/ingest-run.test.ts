import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { IngestEvent } from '../../src/ports/ingest-event.ts';
import { PortError } from '../../src/ports/port-error.ts';
import { digestContent, injectFault, ManualClock } from '../../src/testing/index.ts';
import { replaceMethods } from '../support/replace-methods.ts';
import { csv, HEADER, keyOf, openWorld, row } from '../support/world.ts';

const KEY = keyOf('2023-03-15');
const NONE = { read: 0, inserted: 0, updated: 0, unchanged: 0, stale: 0, duplicate: 0, rejected: 0 };

describe('a file is loaded', () => {
  test('where it is read to its end: rows and rejects are stored, and it is archived', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1'), row('T-2', { quantity: 0, product: 'P-9' }), row('T-1', { quantity: 5 })));
    const report = await world.run();
    expect(report).toMatchObject({
      runId: 'run-1',
      status: 'succeeded-with-rejects',
      totals: { ...NONE, read: 3, inserted: 1, duplicate: 1, rejected: 1 },
      archived: 1,
      quarantined: 0,
      notMoved: [],
      warnings: [],
    });
    expect(report.files).toMatchObject([
      {
        key: KEY,
        status: 'loaded',
        read: 3,
        rejectsByCode: { 'quantity-not-positive': 1, 'product-unknown': 1 },
        firstRejects: { 'quantity-not-positive': 3, 'product-unknown': 3 },
        problem: undefined,
        takenTo: 'archive',
      },
    ]);
    expect(await world.facts()).toMatchObject([
      {
        transaction_id: 'T-1',
        quantity: 5,
        total_amount: '49.95',
        source_key: KEY,
        source_line: 4,
        source_day: '2023-03-15',
      },
    ]);
    expect(await world.warehouse.rejects()).toMatchObject([
      {
        source_key: KEY,
        source_line: 3,
        raw_record: row('T-2', { quantity: 0, product: 'P-9' }),
        header: HEADER,
        state: 'open',
      },
    ]);
    expect([...world.archive.stored.keys()]).toEqual([KEY]);
    expect(world.landing.peek(KEY)).toBeUndefined();
    expect(await world.warehouse.run('run-1')).toMatchObject({ status: 'succeeded-with-rejects', totals: { read: 3 } });
  });

  test('with every other in one commit, and without rejects the run succeeded', async () => {
    const world = await openWorld();
    world.landing.put(keyOf('2023-03-16'), csv(row('T-1', { day: '2023-03-16' })));
    world.landing.put(KEY, csv(row('T-1'), row('T-2')));
    const report = await world.run();
    expect(report.status).toBe('succeeded');
    expect(report.files.map(({ key, inserted, duplicate }) => [key, inserted, duplicate])).toEqual([
      [KEY, 1, 1],
      [keyOf('2023-03-16'), 1, 0],
    ]);
    expect(await world.warehouse.runs({ limit: 10 })).toHaveLength(1);
  });

  test('and the first line of each fault is told, by which it can be found', async () => {
    const world = await openWorld();
    const bad = (id: string) => row(id, { quantity: 0 });
    world.landing.put(KEY, csv(row('T-1'), '', bad('T-2'), bad('T-3'), row('T-4', { product: 'P-9' }), bad('T-5')));
    const report = await world.run();
    expect(report.files[0]?.rejectsByCode).toEqual({ 'quantity-not-positive': 3, 'product-unknown': 1 });
    expect(report.files[0]?.firstRejects).toEqual({ 'quantity-not-positive': 4, 'product-unknown': 6 });
  });

  test('from gzip as from plain text', async () => {
    const world = await openWorld();
    world.landing.put(`${KEY}.gz`, gzipSync(csv(row('T-1'), row('T-2'))));
    expect(await world.run()).toMatchObject({ totals: { read: 2, inserted: 2 }, archived: 1 });
  });

  test('and its dates are held against the day in the hive path only', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1', { day: '2023-03-16' }), row('T-2', { day: '2023-03-17' })));
    world.landing.put('late/transactions_2023-03-15.csv', csv(row('T-3', { day: '2023-03-17' })));
    const report = await world.run();
    expect(report.files.map(({ key, rejectsByCode }) => [key, rejectsByCode])).toEqual([
      ['late/transactions_2023-03-15.csv', {}],
      [KEY, { 'date-after-file-day': 1 }],
    ]);
  });
});

describe('a file is already-loaded', () => {
  test('where the same content came under the same key: nothing is written, and it is archived all the same', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    await world.run({ ports: { archive: undefined } });
    const before = await world.facts();
    expect(world.landing.peek(KEY)).toBeDefined();
    const report = await world.run();
    expect(report).toMatchObject({ status: 'succeeded', totals: NONE, archived: 1 });
    expect(report.files).toMatchObject([
      { status: 'already-loaded', takenTo: 'archive', contentHash: expect.any(String) },
    ]);
    expect(await world.facts()).toEqual(before);
    expect(await world.warehouse.runs({ limit: 10 })).toHaveLength(1);
    expect(world.landing.peek(KEY)).toBeUndefined();
  });

  test('also where it comes again after it was archived, and it is archived once', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    await world.run();
    world.landing.put(KEY, csv(row('T-1')));
    expect((await world.run()).files).toMatchObject([{ status: 'already-loaded', takenTo: 'archive' }]);
    expect([...world.archive.stored.keys()]).toEqual([KEY]);
  });

  test('also where another run committed it between the look and the commit', async () => {
    const world = await openWorld();
    const file = world.landing.put(KEY, csv(row('T-1')));
    let other: Promise<unknown> | undefined;
    const dimensions = {
      ...world.dimensions,
      load: world.dimensions.load.bind(world.dimensions),
      read: (name: 'products' | 'customers') => {
        other ??= world.run({ runId: 'other', ports: { archive: undefined } });
        return (async function* () {
          await other;
          yield* world.dimensions.read(name);
        })();
      },
    };
    const report = await world.run({ runId: 'late', ports: { dimensions } });
    expect(report).toMatchObject({
      status: 'succeeded',
      totals: NONE,
      files: [{ key: file.key, status: 'already-loaded' }],
    });
    expect(await world.facts()).toHaveLength(1);
  });

  test('but another content under the same key is a new delivery, archived beside the first', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1'), row('T-2')));
    await world.run();
    world.landing.put(KEY, csv(row('T-1', { quantity: 7 }), row('T-2')));
    expect(await world.run()).toMatchObject({ totals: { ...NONE, read: 2, updated: 1, unchanged: 1 } });
    expect((await world.facts()).map(({ quantity }) => quantity)).toEqual([7, 1]);
    expect(world.archive.stored.size).toBe(2);
  });
});

describe('a file is empty', () => {
  test.each([
    ['it has no byte', KEY, ''],
    ['it has only a header', KEY, HEADER],
    ['it has a header and blank lines', KEY, `${HEADER}\n\n \n`],
    ['it has only a byte order mark', KEY, '\ufeff'],
    ['it is gzip of no byte', `${KEY}.gz`, new Uint8Array(0)],
    ['it is gzip of nothing', `${KEY}.gz`, gzipSync('')],
    ['it is gzip of a header', `${KEY}.gz`, gzipSync(HEADER)],
  ])('where %s: recorded, archived, warned about', async (_, key, content) => {
    const world = await openWorld();
    world.landing.put(key, content);
    const report = await world.run();
    expect(report).toMatchObject({
      status: 'succeeded',
      archived: 1,
      files: [{ key, status: 'empty', ...NONE, takenTo: 'archive' }],
      warnings: [expect.stringContaining(key)],
    });
    expect(await world.warehouse.run('run-1')).toMatchObject({
      files: [{ key, status: 'empty' }],
      warnings: [expect.stringContaining('no rows')],
    });
    world.landing.put(key, content);
    expect((await world.run()).files).toMatchObject([{ status: 'already-loaded' }]);
  });
});

describe('a file is refused', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => row(`T-${i}`));
  const packed = gzipSync(csv(...rows));
  const reddened = Array.from({ length: 3 }, (_, i) => row(`T-${i}`, { quantity: 0 }));

  test.each([
    ['header-missing-column', KEY, csv(row('T-1')).replace('status', 'state'), 0],
    ['header-duplicate-column', KEY, csv(row('T-1')).replace('status', 'status,status'), 0],
    ['file-not-text', KEY, Buffer.from(`\ufeff${csv(row('T-1'))}`, 'utf16le'), 0],
    ['file-not-text', KEY, gzipSync(csv(row('T-1'))), 0],
    ['file-not-text', `${KEY}.gz`, csv(row('T-1')), 0],
    ['file-not-text', `${KEY}.gz`, packed.subarray(0, packed.length - 4), 1000],
    ['reject-rate-exceeded', KEY, csv(row('T-9'), ...reddened), 4],
  ])(
    'as %s under %s: no row of it is loaded, it goes to quarantine, and other files go on',
    async (code, key, content, leastRows) => {
      const world = await openWorld({ maxRejectRate: 0.74 });
      world.landing.put(key, content);
      world.landing.put(keyOf('2023-03-14'), csv(row('other')));
      const report = await world.run();
      expect(report).toMatchObject({
        status: 'succeeded-with-rejects',
        archived: 1,
        quarantined: 1,
        totals: { ...NONE, read: 1, inserted: 1 },
      });
      expect(report.files).toMatchObject([
        { status: 'loaded' },
        { key, status: 'refused', ...NONE, rejectsByCode: {}, problem: { code }, takenTo: 'quarantine' },
      ]);
      expect((await world.facts()).map(({ transaction_id }) => transaction_id)).toEqual(['other']);
      expect(await world.warehouse.rejects()).toEqual([]);
      expect([...world.quarantine.stored.keys()]).toEqual([key]);
      expect(world.landing.peek(key)).toBeUndefined();
      const recorded = await world.warehouse.run('run-1');
      expect(recorded?.files[1]).toMatchObject({ key, status: 'refused', refusal: { code } });
      expect(report.files[1]?.contentHash).toBe(recorded?.files[1]?.contentHash);
      const read = world.events.find((event) => event.kind === 'file-read' && event.key === key);
      const rows = read?.kind === 'file-read' ? read.rows : -1;
      expect(rows > 0).toBe(leastRows > 0);
      expect(rows).toBeGreaterThanOrEqual(leastRows);
    },
  );

  test('as damaged early on in many chunks, with the hash over all its bytes', async () => {
    const world = await openWorld();
    const noise = Uint8Array.from({ length: 400_000 }, (_, i) => (i * i * 31 + (i >> 3)) & 0xff);
    const damaged = Buffer.concat([packed.subarray(0, 50), noise]);
    world.landing.put(`${KEY}.gz`, damaged);
    const report = await world.run();
    expect(report.files).toMatchObject([
      { status: 'refused', problem: { code: 'file-not-text' }, takenTo: 'quarantine' },
    ]);
    expect(report.files[0]?.contentHash).toBe(await digestContent(damaged));
    expect((await world.warehouse.run('run-1'))?.files).toMatchObject([{ size: damaged.length }]);
  });

  test('and is read again when it comes again, since it was never loaded', async () => {
    const world = await openWorld({ maxRejectRate: 0.5 });
    world.landing.put(KEY, csv(...reddened));
    await world.run({ ports: { quarantine: undefined } });
    expect(world.landing.peek(KEY)).toBeDefined();
    expect((await world.run()).files).toMatchObject([{ status: 'refused', takenTo: 'quarantine' }]);
  });

  test.each([
    [0.29, 29, 'loaded'],
    [0.29, 30, 'refused'],
    [0.07, 7, 'loaded'],
    [0.57, 57, 'loaded'],
    [0.58, 58, 'loaded'],
    [0, 0, 'loaded'],
    [0, 1, 'refused'],
    [0.99, 100, 'refused'],
    [1, 100, 'loaded'],
  ])(
    'where its share of rejects is above maxRejectRate: %d allows of 100 rows %i: %s',
    async (maxRejectRate, rejects, status) => {
      const world = await openWorld({ maxRejectRate });
      world.landing.put(
        KEY,
        csv(...Array.from({ length: 100 }, (_, i) => row(`T-${i}`, { quantity: i < rejects ? 0 : 1 }))),
      );
      expect((await world.run()).files).toMatchObject([{ status }]);
    },
  );
});

describe('a file failed', () => {
  test.each([
    ['open', 1],
    ['chunks.next', 1],
    ['chunks.next', 2],
    ['contentHash', 1],
  ])(
    'where the landing place breaks at %s %i: it stays, the others go on, the next run takes it up',
    async (method, call) => {
      const world = await openWorld();
      const big = csv(...Array.from({ length: 3000 }, (_, i) => row(`A-${i}`)));
      world.landing.put(keyOf('2023-03-14'), big);
      world.landing.put(KEY, csv(row('T-1')));
      const error = new PortError({
        code: 'landing.changed',
        message: 'It was replaced.',
        retryable: true,
        remedy: 'Wait.',
      });
      const { port, happened } = injectFault(world.landing, { method, call, when: 'before', error });
      const report = await world.run({ ports: { landing: port } });
      expect(happened()).toBe(true);
      expect(report).toMatchObject({ status: 'failed', archived: 1, totals: { read: 1, inserted: 1 } });
      expect(report.files).toMatchObject([
        {
          status: 'failed',
          ...NONE,
          problem: { code: 'landing.changed', message: 'It was replaced.', remedy: 'Wait.' },
          takenTo: undefined,
        },
        { status: 'loaded' },
      ]);
      expect(await world.facts()).toHaveLength(1);
      expect(world.landing.peek(keyOf('2023-03-14'))).toBeDefined();
      expect((await world.run()).files).toMatchObject([{ status: 'loaded', inserted: 3000, takenTo: 'archive' }]);
      expect(await world.facts()).toHaveLength(3001);
    },
  );

  test('where all did: nothing is committed', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    const error = new PortError({ code: 'landing.unreadable', message: 'No.' });
    const { port } = injectFault(world.landing, { method: 'open', call: 1, when: 'before', error });
    expect(await world.run({ ports: { landing: port } })).toMatchObject({ status: 'failed', totals: NONE });
    expect(await world.warehouse.runs({ limit: 10 })).toEqual([]);
  });
});

describe('warnings', () => {
  test('name ignored columns once for all files, so that they cannot break a line of a log', async () => {
    const world = await openWorld();
    const wide = (name: string) => csv(`${row('T-1')},x`).replace(HEADER, `${HEADER},${name}`);
    world.landing.put(KEY, wide('"no\nte"'));
    world.landing.put(keyOf('2023-03-14'), wide('"no\nte"'));
    world.landing.put(keyOf('2023-03-13'), wide('Extra'));
    const report = await world.run();
    expect(report.warnings).toEqual(['ignored columns that the rules do not know: "Extra", "no\\nte"']);
    expect((await world.warehouse.run('run-1'))?.warnings).toEqual(report.warnings);
  });

  test('name the first twenty of many ignored columns, shortened', async () => {
    const world = await openWorld();
    const names = Array.from({ length: 30 }, (_, i) => `${i}${'x'.repeat(100)}`);
    world.landing.put(KEY, csv(`${row('T-1')}${',1'.repeat(30)}`).replace(HEADER, `${HEADER},${names}`));
    const { warnings } = await world.run();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/ and 10 more$/);
    expect(warnings[0]!.length).toBeLessThan(1500);
  });

  test('count files that are no CSV, and leave them alone', async () => {
    const world = await openWorld();
    for (const name of ['a.txt', 'b.csv.zip', 'csv', 'c.parquet']) world.landing.put(name, 'x');
    world.landing.put('D.CSV', csv(row('T-1')));
    const report = await world.run();
    expect(report.files.map(({ key }) => key)).toEqual(['D.CSV']);
    expect(report.warnings).toEqual(['4 file(s) in memory:landing are not named .csv or .csv.gz: left alone']);
    expect(world.landing.peek('a.txt')).toBeDefined();
  });

  test('tell that a dimension is empty', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    const empty = { load: async () => [], read: async function* () {} };
    const report = await world.run({ ports: { dimensions: empty } });
    expect(report.warnings).toMatchObject([
      expect.stringContaining('dim_products is empty'),
      expect.stringContaining('dim_customers is empty'),
    ]);
    expect(report.files).toMatchObject([{ rejectsByCode: { 'product-unknown': 1, 'customer-unknown': 1 } }]);
  });
});

describe('a run', () => {
  test('with nothing landed does nothing', async () => {
    const world = await openWorld();
    expect(await world.run()).toMatchObject({ status: 'succeeded', files: [], totals: NONE, warnings: [] });
    expect(await world.warehouse.runs({ limit: 10 })).toEqual([]);
    expect(world.events.map(({ kind }) => kind)).toEqual(['run-started', 'listed', 'run-ended']);
  });

  test('takes only the files that are wanted', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    world.landing.put(keyOf('2023-03-14'), csv(row('T-2')));
    const report = await world.run({ wants: ({ key }) => key === KEY });
    expect(report.files.map(({ key }) => key)).toEqual([KEY]);
    expect(world.landing.peek(keyOf('2023-03-14'))).toBeDefined();
  });

  test('tells what it does, in order', async () => {
    const world = await openWorld();
    const { size } = world.landing.put(KEY, csv(row('T-1'), row('T-2', { quantity: 0 })));
    const report = await world.run();
    expect(world.events).toEqual([
      { kind: 'run-started', runId: 'run-1', operation: 'ingest' },
      { kind: 'listed', files: 1, bytes: size },
      { kind: 'file-started', key: KEY, size },
      { kind: 'dimensions-read', products: 2, customers: 2 },
      { kind: 'file-progress', key: KEY, bytes: size, rows: 2 },
      { kind: 'file-progress', key: KEY, bytes: size, rows: 2 },
      { kind: 'file-read', key: KEY, rows: 2, rejected: 1 },
      { kind: 'committing', files: 1 },
      { kind: 'file-ended', file: report.files[0] },
      { kind: 'run-ended', report, phases: { listing: 0, dimensions: 0, reading: 0, committing: 0, moving: 0 } },
    ]);
  });

  test('tells how long each of its phases took', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    const clock = new ManualClock();
    const onEvent = (event: IngestEvent) => {
      world.events.push(event);
      if (event.kind === 'listed') clock.advance(5);
      if (event.kind === 'file-started') clock.advance(20);
      if (event.kind === 'file-read') clock.advance(70);
      // Set back, as by an operator.
      if (event.kind === 'committing') clock.advance(-3_600_000);
      if (event.kind === 'file-ended') clock.advance(9);
    };
    await world.run({ ports: { clock }, onEvent });
    expect(world.events.at(-1)).toMatchObject({
      phases: { listing: 0, dimensions: 25, reading: 70, committing: 0, moving: 9 },
    });
  });

  test('that fails tells why as its last event, without what others wrote in their errors', async () => {
    const failing = async (fault: Error, signal?: AbortSignal) => {
      const world = await openWorld();
      world.landing.put(KEY, csv(row('T-1')));
      const plan = { method: 'committedHashes', call: 1, when: 'before', error: fault } as const;
      const { port: warehouse } = injectFault(world.warehouse, plan);
      await expect(world.run({ ports: { warehouse }, signal })).rejects.toBe(fault);
      return world.events.at(-1);
    };
    const known = new PortError({ code: 'warehouse.unreachable', message: 'It is gone.', remedy: 'Start it.' });
    expect(await failing(known)).toEqual({
      kind: 'run-failed',
      problem: { code: 'warehouse.unreachable', message: 'It is gone.', remedy: 'Start it.' },
      phases: { listing: 0 },
    });
    expect(await failing(new TypeError('x@y is no number'))).toMatchObject({
      problem: { code: 'internal', message: 'An error that Weir does not know: TypeError.' },
    });
    const reason = new Error('Ctrl-C');
    const interrupted = await failing(reason, AbortSignal.abort(reason));
    expect(interrupted).toMatchObject({ problem: { code: 'interrupted' } });
  });

  test('leaves all files in place where there is no archive and no quarantine', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    world.landing.put('bad.csv', 'x');
    const report = await world.run({ ports: { archive: undefined, quarantine: undefined } });
    expect(report).toMatchObject({ archived: 0, quarantined: 0, notMoved: [] });
    expect(world.landing.peek(KEY)).toBeDefined();
    expect(world.landing.peek('bad.csv')).toBeDefined();
  });

  test('that cannot archive says so; the next one does it', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    world.landing.put(keyOf('2023-03-16'), csv(row('T-2')));
    const error = new PortError({ code: 'archive.write-failed', message: 'The disk is full.', remedy: 'Make room.' });
    const { port } = injectFault(world.archive, { method: 'take', call: 1, when: 'before', error });
    const report = await world.run({ ports: { archive: port } });
    expect(report).toMatchObject({ status: 'succeeded', archived: 1 });
    expect(report.notMoved).toEqual([
      { key: KEY, problem: { code: 'archive.write-failed', message: 'The disk is full.', remedy: 'Make room.' } },
    ]);
    expect(await world.run()).toMatchObject({
      archived: 1,
      notMoved: [],
      files: [{ key: KEY, status: 'already-loaded' }],
    });
  });

  test('does not hide an error of the archive that is no fault of a port, though it is committed', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    const error = new Error('A bug.');
    const { port } = injectFault(world.archive, { method: 'take', call: 1, when: 'before', error });
    await expect(world.run({ ports: { archive: port } })).rejects.toBe(error);
    expect(await world.facts()).toHaveLength(1);
    expect(await world.run()).toMatchObject({ archived: 1, files: [{ status: 'already-loaded' }] });
  });

  test('archives the version that it read where a newer one has come, and leaves that to the next run', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    await world.run({
      onEvent: ({ kind }) => {
        if (kind === 'committing') world.landing.put(KEY, csv(row('T-1', { quantity: 9 })));
      },
    });
    expect(await world.facts()).toMatchObject([{ quantity: 1 }]);
    expect(world.landing.peek(KEY)).toBeDefined();
    await world.run();
    expect(await world.facts()).toMatchObject([{ quantity: 9 }]);
  });

  test('takes a policy along: terminal statuses win over later dates', async () => {
    const world = await openWorld({ terminalStatuses: ['refunded'] });
    world.landing.put(
      KEY,
      csv(row('T-1', { status: 'Refunded' }), row('T-1', { day: '2023-03-16', status: 'Completed' })),
    );
    await world.run();
    expect(await world.facts()).toMatchObject([{ status: 'Refunded' }]);
  });
});

describe('a run that fails as a whole', () => {
  test('is recorded as failed, and nothing of it is visible', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    const error = new PortError({ code: 'warehouse.unreachable', message: 'Gone.', retryable: true });
    const { port } = injectFault(world.warehouse, { method: 'commit', call: 1, when: 'before', error });
    await expect(world.run({ ports: { warehouse: port } })).rejects.toBe(error);
    expect(await world.facts()).toEqual([]);
    expect(await world.warehouse.runs({ limit: 10 })).toMatchObject([
      { runId: 'run-1', status: 'failed', error: 'Gone.' },
    ]);
    expect(world.landing.peek(KEY)).toBeDefined();
  });

  test.each(['committedHashes', 'openStage', 'writeRows', 'writeRejects', 'commit'])(
    'does so at %s of the warehouse: no file of it is loaded, the good ones neither',
    async (method) => {
      const world = await openWorld();
      world.landing.put(KEY, csv(row('T-1'), row('T-2', { quantity: 0 })));
      world.landing.put(keyOf('2023-03-16'), csv(row('T-3'), row('T-4', { quantity: 0 })));
      const error = new PortError({ code: 'warehouse.unreachable', message: 'Gone.', retryable: true });
      const { port } = injectFault(world.warehouse, { method, call: 1, when: 'before', error });
      await expect(world.run({ ports: { warehouse: port } })).rejects.toBe(error);
      expect(await world.facts()).toEqual([]);
      expect(world.archive.stored.size).toBe(0);
    },
  );

  test.each(['read', 'read.next'])('does so at %s of the dimensions', async (method) => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    const error = new PortError({ code: 'warehouse.not-initialised', message: 'No tables.' });
    const { port } = injectFault(world.dimensions, { method, call: 2, when: 'before', error });
    await expect(world.run({ ports: { dimensions: port } })).rejects.toBe(error);
    expect(await world.facts()).toEqual([]);
  });

  test('tells why it failed, not that its stage could not be closed as well', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    const error = new PortError({ code: 'warehouse.books-open', message: 'The books are open.' });
    const closing = new PortError({ code: 'warehouse.unreachable', message: 'Gone.', retryable: true });
    const first = injectFault(world.warehouse, { method: 'commit', call: 1, when: 'before', error });
    const second = injectFault(first.port, { method: 'close', call: 1, when: 'before', error: closing });
    await expect(world.run({ ports: { warehouse: second.port } })).rejects.toBe(error);
  });

  test('does not come of a stage that cannot be closed after the commit', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    const error = new PortError({ code: 'warehouse.unreachable', message: 'Gone.', retryable: true });
    const { port } = injectFault(world.warehouse, { method: 'close', call: 1, when: 'before', error });
    expect(await world.run({ ports: { warehouse: port } })).toMatchObject({ status: 'succeeded', archived: 1 });
  });

  test.each(['listed', 'file-started', 'dimensions-read', 'file-progress', 'file-read', 'committing'] as const)(
    'leaves nothing where it is aborted at %s, and the next run does all',
    async (kind) => {
      const world = await openWorld();
      world.landing.put(KEY, csv(...Array.from({ length: 3000 }, (_, i) => row(`T-${i}`))));
      world.landing.put(
        `${keyOf('2023-03-16')}.gz`,
        gzipSync(csv(...Array.from({ length: 3000 }, (_, i) => row(`G-${i}`)))),
      );
      const controller = new AbortController();
      const reason = new Error('stop');
      const run = world.run({
        signal: controller.signal,
        onEvent: (event) => {
          if (event.kind === kind) controller.abort(reason);
        },
      });
      if (kind === 'committing') {
        // A commit that has begun is seen to its end.
        expect(await run).toMatchObject({ status: 'succeeded', archived: 2 });
        return;
      }
      await expect(run).rejects.toBe(reason);
      expect(await world.facts()).toEqual([]);
      expect(await world.warehouse.runs({ limit: 10 })).toEqual([]);
      expect(world.archive.stored.size).toBe(0);
      expect(await world.run()).toMatchObject({ archived: 2, totals: { read: 6000, inserted: 6000 } });
    },
  );

  test('ends at once where it is aborted amid a large gzip file', async () => {
    const world = await openWorld();
    const rows = Array.from({ length: 60_000 }, (_, i) => row(`T-${i}-${(i * 2654435761) % 4294967296}`));
    world.landing.put(`${KEY}.gz`, gzipSync(csv(...rows)));
    const controller = new AbortController();
    let progress = 0;
    const run = world.run({
      signal: controller.signal,
      onEvent: ({ kind }) => {
        if (kind === 'file-progress' && ++progress === 2) controller.abort();
      },
    });
    await expect(run).rejects.toThrow('aborted');
    expect(progress).toBe(2);
  });

  test('is told by its own error, also where that cannot be recorded or is none', async () => {
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    const failing = { method: 'commit', call: 1, when: 'before', error: 'a mere text' } as const;
    const gone = new PortError({ code: 'warehouse.unreachable', message: 'Gone.' });
    const mute = replaceMethods(world.warehouse, { recordFailedRun: () => Promise.reject(gone) });
    const warehouse = injectFault(mute, failing).port;
    await expect(world.run({ ports: { warehouse } })).rejects.toBe('a mere text');
    expect(world.events.at(-1)).toMatchObject({
      kind: 'run-failed',
      problem: { code: 'internal', message: 'An error that Weir does not know: string.' },
    });
    const again = injectFault(world.warehouse, failing);
    await expect(world.run({ ports: { warehouse: again.port } })).rejects.toBe('a mere text');
    expect(await world.warehouse.runs({ limit: 10 })).toMatchObject([{ runId: 'run-2', error: 'a mere text' }]);
  });
});
