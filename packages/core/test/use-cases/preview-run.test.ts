import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../src/index.ts';
import { PortError } from '../../src/ports/port-error.ts';
import type { Stage } from '../../src/ports/warehouse.port.ts';
import { injectFault } from '../../src/testing/index.ts';
import { type PreviewOptions, previewRun } from '../../src/use-cases/preview-run.ts';
import { csv, keyOf, openWorld, row, type World, withTransformer } from '../support/world.ts';

const [MONDAY, TUESDAY] = ['2023-03-13', '2023-03-14'] as const;

const preview = (world: World, options: Partial<PreviewOptions> = {}, warehouse = world.warehouse as never) =>
  previewRun(withTransformer({ ...world, warehouse }), {
    runId: 'preview-1',
    policy: parsePolicy(),
    examples: 2,
    ...options,
  });

describe('a run is previewed', () => {
  test('with the books that it has when it is done afterwards, and nothing is written or moved', async () => {
    const world = await openWorld();
    world.landing.put(keyOf(MONDAY), csv(row('T-1', { day: MONDAY }), row('T-2', { day: MONDAY })));
    await world.run();
    world.landing.put(
      keyOf(TUESDAY),
      csv(
        row('T-1', { day: TUESDAY, quantity: 4 }),
        row('T-3', { day: TUESDAY, quantity: 0 }),
        row('T-4', { day: TUESDAY }),
      ),
    );
    const runs = await world.warehouse.runs({ limit: 10 });
    const facts = await world.facts();
    const previewed = await preview(world);

    expect(await world.warehouse.runs({ limit: 10 })).toEqual(runs);
    expect(await world.facts()).toEqual(facts);
    expect(await world.warehouse.rejects()).toEqual([]);
    expect(world.landing.peek(keyOf(TUESDAY))).toBeDefined();
    const report = await world.run();
    expect(previewed.totals).toEqual(report.totals);
    expect(previewed).toMatchObject({
      status: report.status,
      files: [
        {
          ...{ ...report.files[0], takenTo: undefined },
          rejects: [{ line: 3, codes: ['quantity-not-positive'] }],
          changes: [
            {
              line: 2,
              transactionId: 'T-1',
              columns: [
                { column: 'quantity', before: '1', after: '4' },
                { column: 'transaction_date', before: MONDAY, after: TUESDAY },
                { column: 'total_amount', before: '9.99', after: '39.96' },
              ],
            },
          ],
        },
      ],
    });
  });

  test('and files that were loaded, are empty, refused or cannot be read are told as such', async () => {
    const world = await openWorld();
    world.landing.put('a.csv', csv(row('T-1')));
    await world.run({ ports: { archive: undefined } });
    world.landing.put('b.csv', csv());
    world.landing.put('c.csv', 'no,header\n');
    world.landing.put('d.csv', csv(row('T-2')));
    const error = new PortError({ code: 'landing.unreadable', message: 'd.csv cannot be read.' });
    const { port: landing } = injectFault(world.landing, { method: 'open', call: 4, when: 'before', error });
    const { files, status, warnings } = await preview({ ...world, landing });
    expect(files.map(({ key, status }) => [key, status])).toEqual([
      ['a.csv', 'already-loaded'],
      ['b.csv', 'empty'],
      ['c.csv', 'refused'],
      ['d.csv', 'failed'],
    ]);
    expect(status).toBe('failed');
    expect(files[2]?.problem?.code).toBe('header-missing-column');
    expect(warnings).toContain('1 file(s) hold no rows: "b.csv"');
  });

  test('where nothing landed: nothing would be done', async () => {
    const { files, totals, status } = await preview(await openWorld());
    expect([files, totals.read, status]).toEqual([[], 0, 'succeeded']);
  });
});

describe('the stage of a preview is closed', () => {
  async function watchStage(change: (stage: Stage) => Partial<Stage>) {
    const world = await openWorld();
    world.landing.put('a.csv', csv(row('T-1')));
    let closed = 0;
    const openStage = async (runId: string): Promise<Stage> => {
      const stage = await world.warehouse.openStage(runId);
      const bound = {
        writeRows: stage.writeRows.bind(stage),
        writeRejects: stage.writeRejects.bind(stage),
        commit: stage.commit.bind(stage),
        preview: stage.preview.bind(stage),
        close: async () => {
          closed++;
          await stage.close();
        },
      };
      return { ...bound, ...change(bound) };
    };
    const warehouse = { openStage, committedHashes: async () => new Map() };
    return { run: (options = {}) => preview(world, options, warehouse as never), closed: () => closed, world };
  }

  test('when it is done', async () => {
    const { run, closed } = await watchStage(() => ({}));
    await run();
    expect(closed()).toBe(1);
  });

  test('when it fails, and no run is recorded', async () => {
    const fault = new PortError({ code: 'warehouse.unreachable', message: 'It is gone.' });
    const { run, closed, world } = await watchStage(() => ({ preview: () => Promise.reject(fault) }));
    await expect(run()).rejects.toBe(fault);
    expect(closed()).toBe(1);
    expect(await world.warehouse.runs({ limit: 1 })).toEqual([]);
  });

  test('at once when nobody waits for it any more', async () => {
    const abort = new AbortController();
    const { run, closed } = await watchStage(() => ({ preview: () => new Promise(() => undefined) }));
    const reason = new Error('enough');
    await expect(
      run({ signal: abort.signal, onCompare: () => queueMicrotask(() => abort.abort(reason)) }),
    ).rejects.toBe(reason);
    expect(closed()).toBe(1);
  });
});
