import { describe, expect, test } from '@jest/globals';
import { PortError } from '../../src/ports/port-error.ts';
import { type LineageEvent, LineageLog } from '../../src/telemetry/index.ts';
import { FixedClock, injectFault } from '../../src/testing/index.ts';
import { openMixedWorld } from '../support/mixed-world.ts';
import { openLineageSchema } from '../support/open-lineage-schema.ts';
import { csv, DIMENSIONS, keyOf, openBareWorld, openWorld, row } from '../support/world.ts';

const UUID = '0b4b1c52-7ad0-8e4f-9e2e-2f1d8a0c4e11';
const UNDO_UUID = '1c5c2d63-8be1-8f50-8f3f-3a2e9b1d5f22';
const KEY = keyOf('2023-03-15');

function openLog() {
  const events: LineageEvent[] = [];
  const setting = {
    namespace: 'shop',
    version: '1.2.3',
    uuidOf: (runId: string) => (runId.startsWith('undo of ') ? UNDO_UUID : UUID),
    fileOf: (key: string) => ({ namespace: 'file', name: `/landing/${key}` }),
    tableOf: (table: string) => ({ namespace: 'postgres://db:5432', name: `shop.public.${table}` }),
  };
  const log = new LineageLog(new FixedClock(), setting, (event) => {
    // As it is sent.
    const sent = JSON.parse(JSON.stringify(event));
    expect(openLineageSchema.parse(sent)).toEqual(sent);
    events.push(sent);
  });
  return { log, events };
}

describe('to OpenLineage a run tells', () => {
  test('that it starts, and that it is complete, under one name', async () => {
    const { log, events } = openLog();
    const world = await openMixedWorld();
    await world.run({ onEvent: log.take });
    expect(events).toMatchObject([{ eventType: 'START', inputs: [] }, { eventType: 'COMPLETE' }]);
    for (const event of events) {
      expect(event).toMatchObject({
        eventTime: '2023-03-16T01:00:00.000Z',
        producer: 'urn:weir:1.2.3',
        schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
        run: {
          runId: UUID,
          facets: {
            processing_engine: { name: 'Weir', version: '1.2.3' },
            tags: { tags: [{ key: 'weir.run', value: 'run-2', source: 'WEIR' }] },
          },
        },
        job: { namespace: 'shop', name: 'weir.ingest', facets: { jobType: { processingType: 'BATCH' } } },
        outputs: [{ namespace: 'postgres://db:5432', name: 'shop.public.fact_transactions' }],
      });
    }
  });

  test('which deliveries it read, with their content, size and faults, but not those that were loaded before', async () => {
    const { log, events } = openLog();
    const world = await openMixedWorld();
    const { size } = world.landing.peek(KEY)!.file;
    const { files } = await world.run({ onEvent: log.take });
    const [loaded, empty, refused, ...rest] = events[1]!.inputs;
    expect(rest).toEqual([]);
    expect(loaded).toMatchObject({
      namespace: 'file',
      name: `/landing/${KEY}`,
      facets: { version: { datasetVersion: files.find(({ key }) => key === KEY)!.contentHash } },
      inputFacets: {
        inputStatistics: { rowCount: 4, size, fileCount: 1 },
        dataQualityAssertions: {
          assertions: [
            {
              assertion: 'quantity-not-positive',
              success: false,
              column: 'quantity',
              severity: 'warn',
              expected: '0',
              actual: '1',
            },
            { assertion: 'product-unknown', success: false, column: 'product_id', actual: '1' },
          ],
        },
      },
    });
    expect(empty!.inputFacets).toEqual({ inputStatistics: expect.objectContaining({ rowCount: 0 }) });
    expect(refused!.inputFacets!.dataQualityAssertions!.assertions).toEqual([
      { assertion: 'header-missing-column', success: false, severity: 'error' },
    ]);
  });

  test('a fault of a whole record without a column', async () => {
    const { log, events } = openLog();
    const world = await openWorld();
    world.landing.put(KEY, csv('T-1,C-1'));
    await world.run({ onEvent: log.take });
    const { assertions } = events[1]!.inputs[0]!.inputFacets!.dataQualityAssertions!;
    expect(assertions).toEqual([
      { assertion: 'row-field-count', success: false, severity: 'warn', expected: '0', actual: '1' },
    ]);
  });

  test('how many facts it wrote', async () => {
    const { log, events } = openLog();
    const world = await openMixedWorld();
    const { totals } = await world.run({ onEvent: log.take });
    expect(totals).toMatchObject({ inserted: 1, updated: 1 });
    expect(events[1]!.outputs[0]!.outputFacets).toMatchObject({ outputStatistics: { rowCount: 2 } });
  });

  test('that it failed, and why, where a file of it failed, and what was committed all the same', async () => {
    const { log, events } = openLog();
    const world = await openWorld();
    world.landing.put(KEY, csv(row('T-1')));
    world.landing.put(keyOf('2023-03-16'), csv(row('T-2')));
    const error = new PortError({ code: 'landing.unreadable', message: 'It cannot be read.' });
    const { port: landing } = injectFault(world.landing, { method: 'open', call: 2, when: 'before', error });
    await world.run({ ports: { landing }, onEvent: log.take });
    expect(events[1]).toMatchObject({
      eventType: 'FAIL',
      run: { facets: { errorMessage: { message: 'landing.unreadable: It cannot be read.' } } },
      inputs: [{ name: `/landing/${KEY}` }, { facets: {} }],
      outputs: [{ outputFacets: { outputStatistics: { rowCount: 1 } } }],
    });
  });

  test.each([
    ['FAIL', 'warehouse.unreachable'],
    ['ABORT', 'interrupted'],
  ])('%s where it ended with %s', (eventType, code) => {
    const { log, events } = openLog();
    log.take({ kind: 'run-started', runId: 'run-1', operation: 'ingest' });
    log.take({ kind: 'run-failed', problem: { code, message: 'Why.', remedy: undefined }, phases: {} });
    expect(events[1]).toMatchObject({
      eventType,
      run: { facets: { errorMessage: { message: `${code}: Why.`, programmingLanguage: 'TypeScript' } } },
      inputs: [],
    });
  });

  test('that it replays rejects, which are its input', async () => {
    const { log, events } = openLog();
    const world = openBareWorld();
    world.landing.put(KEY, csv(row('T-1'), row('T-2')));
    await world.run();
    for (const load of DIMENSIONS) await load(world);
    await world.replay({ onEvent: (event) => event.kind !== 'rejects-read' && log.take(event) });
    expect(events).toMatchObject([
      { eventType: 'START', job: { name: 'weir.replay' } },
      {
        eventType: 'COMPLETE',
        inputs: [{ name: 'shop.public.ingest_reject', inputFacets: { inputStatistics: { rowCount: 2 } } }],
        outputs: [{ outputFacets: { outputStatistics: { rowCount: 2 } } }],
      },
    ]);
  });
});

describe('to OpenLineage an undo tells', () => {
  const COUNTS = { facts: 4, restored: 2, deleted: 1, left: 1, replaced: 5 };

  test('that it starts and is complete, as a run of its own that changes facts', () => {
    const { log, events } = openLog();
    log.take({ kind: 'undo-started', runId: 'run-2' });
    log.take({ kind: 'undo-ended', runId: 'run-2', undoneAt: 0, counts: COUNTS });
    expect(events.map(({ eventType }) => eventType)).toEqual(['START', 'COMPLETE']);
    for (const event of events) {
      expect(event).toMatchObject({ run: { runId: UNDO_UUID }, job: { name: 'weir.undo' }, inputs: [] });
    }
    expect(events[1]).toMatchObject({
      run: { facets: { tags: { tags: [{ key: 'weir.run', value: 'run-2' }] } } },
      outputs: [{ name: 'shop.public.fact_transactions', outputFacets: { outputStatistics: { rowCount: 3 } } }],
    });
  });

  test('that it failed, and why', () => {
    const { log, events } = openLog();
    log.take({ kind: 'undo-started', runId: 'run-2' });
    log.take({
      kind: 'undo-failed',
      runId: 'run-2',
      problem: { code: 'warehouse.unreachable', message: 'It is gone.', remedy: undefined },
    });
    expect(events[1]).toMatchObject({
      eventType: 'FAIL',
      run: { facets: { errorMessage: { message: 'warehouse.unreachable: It is gone.' } } },
    });
  });
});
