import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../src/policy/parse-policy.ts';
import type { LandingZone } from '../../../src/ports/landing-zone.port.ts';
import { PortError } from '../../../src/ports/port-error.ts';
import type { UndoStage } from '../../../src/ports/run-undo.port.ts';
import { injectFault } from '../../../src/testing/index.ts';
import { findStagedLines } from '../../../src/use-cases/undo/find-staged-lines.ts';
import { type UndoOptions, type UndoPorts, undoRun } from '../../../src/use-cases/undo/index.ts';
import { readArchive } from '../../support/read-archive.ts';
import { csv, keyOf, openWorld, row, type World } from '../../support/world.ts';

const FIRST = keyOf('2023-03-15');
const SECOND = keyOf('2023-03-16');
const POLICY = parsePolicy({ decisions: 'all' });

/** `run-1` brings the first rows, `run-2` those that are undone. */
async function openStory(
  first: readonly string[],
  second: readonly string[],
  policy: WarehousePolicy = { decisions: 'all' },
): Promise<World> {
  const world = await openWorld(policy);
  world.landing.put(FIRST, csv(...first), Date.UTC(2023, 2, 15));
  await world.run();
  world.landing.put(SECOND, csv(...second), Date.UTC(2023, 2, 16));
  await world.run();
  return world;
}

type WarehousePolicy = Parameters<typeof openWorld>[0];

function undo(world: World, options: Partial<UndoOptions> = {}, ports: Partial<UndoPorts> = {}) {
  const { warehouse, dimensions, unpacker, clock, archive } = world;
  return undoRun(
    { undo: warehouse, history: warehouse, archive: readArchive(archive), dimensions, unpacker, clock, ...ports },
    { runId: 'run-2', policy: POLICY, confirm: async () => true, ...options },
  );
}

const closable = (stage: UndoStage) => ({
  writeRows: (lines: Uint8Array) => stage.writeRows(lines),
  close: () => stage.close(),
});
const newer = (id: string) => row(id, { day: '2023-03-16', quantity: 7 });
const factsOf = async (world: World) => (await world.facts()).map((fact) => [fact.transaction_id, fact.quantity]);

describe('an undo', () => {
  test('puts back the rows of other runs as they were, and removes what no other run delivered', async () => {
    const world = await openStory([row('T-1'), row('T-2'), row('T-3')], [newer('T-1'), newer('T-3'), newer('T-4')]);
    const outcome = await undo(world);
    expect(outcome).toMatchObject({
      kind: 'undone',
      undoneAt: world.clock.now(),
      books: { runId: 'run-2', facts: 3, restored: 2, deleted: 1, left: [], replaced: 0 },
    });
    expect(await world.facts()).toMatchObject(
      ['T-1', 'T-2', 'T-3'].map((id, i) => ({
        transaction_id: id,
        quantity: 1,
        source_key: FIRST,
        source_line: i + 2,
      })),
    );
  });

  test('tells the rows of the run that are replaced since as such: there is nothing of them to undo', async () => {
    const world = await openStory([row('T-1')], [newer('T-1'), newer('T-2')]);
    world.landing.put(keyOf('2023-03-17'), csv(row('T-2', { day: '2023-03-17', quantity: 9 })));
    await world.run();
    expect(await undo(world)).toMatchObject({ books: { facts: 1, restored: 1, deleted: 0, replaced: 1 } });
    expect(await factsOf(world)).toEqual([
      ['T-1', 1],
      ['T-2', 9],
    ]);
  });

  test('puts nothing back where all came from this run, and never opens the archive', async () => {
    const world = await openStory([row('T-1')], [newer('T-2')]);
    expect(await undo(world, {}, { archive: undefined })).toMatchObject({ books: { restored: 0, deleted: 1 } });
  });

  test('reads rows of several deliveries, each once', async () => {
    const world = await openStory([row('T-1'), row('T-2')], []);
    world.landing.put(keyOf('2023-03-14'), csv(row('T-3', { day: '2023-03-14' })));
    await world.run();
    world.landing.put(keyOf('2023-03-17'), csv(...['T-1', 'T-2', 'T-3'].map(newer)));
    await world.run();
    const told: string[] = [];
    await undo(world, {
      runId: 'run-4',
      onEvent: (event) => told.push(event.kind === 'source-started' ? event.key : event.kind),
    });
    expect(told).toEqual(['steps-read', FIRST, keyOf('2023-03-14'), 'undo-started', 'undo-ended']);
    expect(await factsOf(world)).toEqual([
      ['T-1', 1],
      ['T-2', 1],
      ['T-3', 1],
    ]);
  });

  test('is told as it is committed, with its counts, and where that fails with the reason', async () => {
    const world = await openStory([row('T-1')], [newer('T-1'), newer('T-2')]);
    const told: unknown[] = [];
    const onEvent: UndoOptions['onEvent'] = (event) => event.kind.startsWith('undo-') && told.push(event);
    await undo(world, { onEvent, confirm: async () => false });
    expect(told).toEqual([]);
    const error = new PortError({ code: 'warehouse.unreachable', message: 'It is gone.', retryable: true });
    const failing = {
      openUndo: async (id: string) => ({
        ...closable(await world.warehouse.openUndo(id)),
        commit: () => Promise.reject(error),
      }),
    };
    await expect(
      undo(world, { onEvent }, { undo: { ...failing, steps: (...args) => world.warehouse.steps(...args) } }),
    ).rejects.toBe(error);
    await undo(world, { onEvent });
    const counts = { facts: 2, restored: 1, deleted: 1, left: 0, replaced: 0 };
    expect(told).toMatchObject([
      { kind: 'undo-started', runId: 'run-2' },
      { kind: 'undo-failed', runId: 'run-2', problem: { code: 'warehouse.unreachable' } },
      { kind: 'undo-started', runId: 'run-2' },
      { kind: 'undo-ended', runId: 'run-2', undoneAt: world.clock.now(), counts },
    ]);
  });

  test('puts back the row of a run that said the same again, where its decision was kept', async () => {
    const world = await openStory([row('T-1')], [newer('T-1')]);
    const again = csv(newer('T-1'), newer('T-9'));
    world.landing.put(SECOND, again, Date.UTC(2023, 2, 16));
    await world.run();
    expect(await undo(world)).toMatchObject({ books: { facts: 1, restored: 1, left: [] } });
    expect(await world.facts()).toMatchObject([{ transaction_id: 'T-1', quantity: 7 }, { transaction_id: 'T-9' }]);
    expect((await world.warehouse.run('run-3'))!.status).toBe('succeeded');
  });

  test.each([
    ['unknown', 'run-9'],
    ['failed', 'run-3'],
  ])('of a run that is %s changes nothing', async (kind, runId) => {
    const world = await openStory([row('T-1')], [newer('T-1')]);
    world.landing.put(keyOf('2023-03-17'), csv(row('T-5')));
    const broken = injectFault(world.warehouse, { method: 'commit', call: 1, when: 'before', error: new Error('no') });
    await expect(world.run({ ports: { warehouse: broken.port } })).rejects.toThrow('no');
    const before = await world.facts();
    expect(await undo(world, { runId })).toEqual({ kind });
    expect(await world.facts()).toEqual(before);
  });

  test('of a run that was undone tells when', async () => {
    const world = await openStory([row('T-1')], [newer('T-1')]);
    await undo(world);
    expect(await undo(world)).toEqual({ kind: 'undone-before', undoneAt: world.clock.now() });
  });

  test('that is not confirmed changes nothing, and tells what it would do', async () => {
    const world = await openStory([row('T-1')], [newer('T-1')]);
    const before = await world.facts();
    expect(await undo(world, { confirm: async () => false })).toMatchObject({ kind: 'left', books: { restored: 1 } });
    expect(await world.facts()).toEqual(before);
  });

  test('ends at its signal, before it is confirmed and after, and changes nothing', async () => {
    const world = await openStory([row('T-1')], [newer('T-1'), newer('T-2')]);
    const before = await world.facts();
    await expect(undo(world, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    const late = new AbortController();
    const confirm = async () => {
      late.abort(new Error('too late'));
      return true;
    };
    await expect(undo(world, { confirm, signal: late.signal })).rejects.toThrow('too late');
    expect(await world.facts()).toEqual(before);
  });

  test('looks again where somebody committed meanwhile, five times at most', async () => {
    const world = await openStory([row('T-1')], [newer('T-1')]);
    let lost = 0;
    const busy = (times: number): UndoPorts['undo'] => ({
      steps: (...args) => world.warehouse.steps(...args),
      openUndo: async (runId) => {
        const stage = await world.warehouse.openUndo(runId);
        return {
          writeRows: (lines) => stage.writeRows(lines),
          commit: async (order) => {
            if (++lost > times) return stage.commit(order);
            const code = lost % 2 === 0 ? 'warehouse.not-undoable' : 'warehouse.undo-outdated';
            throw new PortError({ code, message: 'Somebody was faster.' });
          },
          close: () => Promise.reject(new Error('It cannot be dropped.')),
        };
      },
    });
    await expect(undo(world, {}, { undo: busy(5) })).rejects.toThrow('Somebody was faster.');
    expect(lost).toBe(5);
    lost = 0;
    expect(await undo(world, {}, { undo: busy(4) })).toMatchObject({ kind: 'undone' });
    expect(lost).toBe(5);
  });

  test('does not try again after any other fault', async () => {
    const world = await openStory([row('T-1')], [newer('T-1')]);
    const error = new PortError({ code: 'warehouse.unreachable', message: 'Gone.' });
    const { port, calls } = injectFault(world.warehouse, { method: 'commit', call: 1, when: 'before', error });
    await expect(undo(world, {}, { undo: port })).rejects.toThrow('Gone.');
    expect(calls()).toBe(1);
  });
});

describe('a fact stays, and is told with its place', () => {
  const left = (reason: string, place: object = { key: FIRST, line: 2 }) => ({
    kind: 'undone',
    books: {
      facts: 1,
      restored: 0,
      deleted: 0,
      left: [{ reason, facts: 1, first: [{ transactionId: 'T-1', ...place }] }],
    },
  });

  test('where decisions were not kept, without a place', async () => {
    const world = await openStory([row('T-1')], [newer('T-1')], { decisions: 'none' });
    expect(await undo(world)).toMatchObject(left('decisions-not-kept', { key: undefined, line: undefined }));
    expect(await factsOf(world)).toEqual([['T-1', 7]]);
  });

  test.each([
    ['there is no archive', () => undefined],
    ['its delivery is not in the archive', () => readArchive({ stored: new Map() } as never)],
    ['the archive holds other content under its name', (world: World) => holding(world, csv(row('T-1'), row('T-2')))],
  ])('where %s', async (_, archiveOf: (world: World) => LandingZone | undefined) => {
    const world = await openStory([row('T-1')], [newer('T-1')]);
    expect(await undo(world, {}, { archive: archiveOf(world) })).toMatchObject(left('not-in-archive'));
    expect(await factsOf(world)).toEqual([['T-1', 7]]);
  });

  test('where the archive cannot be read; a fault of anything else is one of the undo', async () => {
    const world = await openStory([row('T-1')], [newer('T-1')]);
    const failing = (error: Error) =>
      injectFault(readArchive(world.archive), { method: 'chunks.next', call: 1, when: 'before', error }).port;
    const unreadable = new PortError({ code: 'landing.unreadable', message: 'A disk is broken.' });
    expect(await undo(world, { confirm: async () => false }, { archive: failing(unreadable) })).toMatchObject({
      ...left('archive-unreadable'),
      kind: 'left',
    });
    for (const error of [new PortError({ code: 'unpacker.gone', message: 'Other.' }), new Error('Other.')]) {
      await expect(undo(world, {}, { archive: failing(error) })).rejects.toThrow('Other.');
    }
  });

  test('where its row is rejected by the policy in force', async () => {
    const world = await openStory([row('T-1')], [newer('T-1')]);
    const policy = parsePolicy({ decisions: 'all', paymentTypes: ['Cheque'] });
    expect(await undo(world, { policy })).toMatchObject(left('row-not-valid'));
  });

  test('where its whole file is refused by the policy in force, also after rows of it came', async () => {
    const world = await openStory([row('T-1'), row('T-2').replace('Cash', 'Barter')], [newer('T-1')]);
    const policy = parsePolicy({ decisions: 'all', maxRejectRate: 0.1 });
    expect(await undo(world, { policy })).toMatchObject(left('row-not-valid'));
    expect(await factsOf(world)).toEqual([['T-1', 7]]);
  });

  test('and the first five of a reason are named, and all of them counted', async () => {
    const ids = ['1', '2', '3', '4', '5', '6', '7'].map((no) => `T-${no}`);
    const world = await openStory(
      ids.map((id) => row(id)),
      ids.map(newer),
    );
    const told: unknown[] = [];
    const outcome = await undo(world, { onEvent: (event) => told.push(event) }, { archive: undefined });
    expect(outcome).toMatchObject({ books: { left: [{ facts: 7 }] } });
    expect(told.at(-1)).toMatchObject({ kind: 'undo-ended', counts: { left: 7 } });
    const { left: reasons } = (outcome as Extract<typeof outcome, { kind: 'undone' }>).books;
    expect(reasons[0]!.first).toHaveLength(5);
    expect(reasons[0]!.first).toMatchObject(ids.slice(0, 5).map((transactionId) => ({ transactionId })));
  });

  test('while those of its delivery whose rows are good come back', async () => {
    const world = await openStory(
      [row('T-1'), row('T-2').replace('Cash', 'PayPal'), row('T-3')],
      ['T-1', 'T-2', 'T-3'].map(newer),
    );
    const policy = parsePolicy({ decisions: 'all', paymentTypes: ['Cash'] });
    expect(await undo(world, { policy })).toMatchObject({
      books: { restored: 2, left: [{ reason: 'row-not-valid', facts: 1, first: [{ transactionId: 'T-2', line: 3 }] }] },
    });
    expect(await factsOf(world)).toEqual([
      ['T-1', 1],
      ['T-2', 7],
      ['T-3', 1],
    ]);
  });
});

describe('a stage of an undo', () => {
  test('that was ended takes nothing more', async () => {
    const world = await openStory([row('T-1')], [newer('T-1')]);
    const stage = await world.warehouse.openUndo('run-2');
    await stage.close();
    await expect(stage.writeRows(new Uint8Array())).rejects.toMatchObject({ code: 'warehouse.stage-closed' });
  });
});

test('lines of staged rows are found with their numbers; a line feed behind a backslash is part of a value', () => {
  const text = '1\t12\tT-1\tx\n1\t345\tT\\\n2\\\\\ty\n2\t6\t\\\t\\\n\n';
  const lines = [...findStagedLines(new TextEncoder().encode(text))];
  expect(lines.map(({ start, end, sourceLine }) => [text.slice(start, end), sourceLine])).toEqual([
    ['1\t12\tT-1\tx\n', 12],
    ['1\t345\tT\\\n2\\\\\ty\n', 345],
    ['2\t6\t\\\t\\\n\n', 6],
  ]);
});

function holding({ archive }: World, content: string): LandingZone {
  return readArchive({
    stored: new Map([...archive.stored.keys()].map((key) => [key, Buffer.from(content)])),
  } as never);
}
