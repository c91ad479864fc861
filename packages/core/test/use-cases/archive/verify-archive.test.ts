import { describe, expect, test } from '@jest/globals';
import { keyWithHash } from '../../../src/index.ts';
import { type VerifyOptions, verifyArchive } from '../../../src/operations.ts';
import { PortError } from '../../../src/ports/port-error.ts';
import { digestContent, InMemoryLandingZone, injectFault } from '../../../src/testing/index.ts';
import { csv, keyOf, openWorld, row, type World } from '../../support/world.ts';

const START = Date.UTC(2023, 2, 16);
const [FIRST, SECOND, THIRD] = ['2023-03-01', '2023-03-02', '2023-03-03'].map((day) => keyOf(day)) as [
  string,
  string,
  string,
];

/** Three files of three days in the archive, the second one without rows. */
async function openArchive(): Promise<World> {
  const world = await openWorld();
  world.landing.put(FIRST, csv(row('T-1', { day: '2023-03-01' })), START);
  world.landing.put(SECOND, '', START);
  world.landing.put(THIRD, csv(row('T-3', { day: '2023-03-03' })), START);
  await world.run();
  return world;
}

const verify = ({ warehouse, archive }: World, options: VerifyOptions = {}, reader = archive.reader) =>
  verifyArchive({ deliveries: warehouse, warehouse, archive: reader }, options);

describe('an archive', () => {
  test('is whole where every committed file lies there as it was', async () => {
    const world = await openArchive();
    const seen: [number, number][] = [];
    const report = await verify(world, { strays: true, onProgress: (files, bytes) => seen.push([files, bytes]) });
    const bytes = world.archive.stored.get(FIRST)!.length + world.archive.stored.get(THIRD)!.length;
    expect(report).toEqual({
      location: 'memory:archive',
      files: 3,
      bytes,
      intact: 3,
      missing: 0,
      changed: 0,
      unreadable: 0,
      strays: 0,
      problems: [],
    });
    expect(seen.at(-1)).toEqual([3, bytes]);
  });

  test('lacks what is not there, and tells whose it was', async () => {
    const world = await openArchive();
    const contentHash = await digestContent(world.archive.stored.get(FIRST)!);
    world.archive.reader.remove(FIRST);
    expect(await verify(world)).toMatchObject({
      files: 3,
      intact: 2,
      missing: 1,
      strays: undefined,
      problems: [{ kind: 'missing', key: FIRST, sourceDay: '2023-03-01', runId: 'run-1', contentHash }],
    });
  });

  test.each([
    ['of another size', 'other'],
    ['of the same size', undefined],
  ])('tells bytes %s from those that were committed', async (_, content) => {
    const world = await openArchive();
    const same = world.archive.stored.get(FIRST)!.map((byte) => byte ^ 1);
    world.archive.reader.put(FIRST, content ?? same);
    const foundSize = content?.length ?? same.length;
    expect(await verify(world)).toMatchObject({
      intact: 2,
      changed: 1,
      problems: [{ kind: 'changed', key: FIRST, storedAs: FIRST, foundSize }],
    });
  });

  test('holds the contents of a key under both names, and each may be lost by itself', async () => {
    const world = await openArchive();
    const correction = csv(row('T-1', { day: '2023-03-01', quantity: 2 }));
    world.landing.put(FIRST, correction, START + 1);
    await world.run();
    const stored = keyWithHash(FIRST, await digestContent(new TextEncoder().encode(correction)));
    expect(await verify(world, { strays: true })).toMatchObject({ files: 4, intact: 4, strays: 0 });

    const bytes = world.archive.reader.peek(FIRST)!.bytes;
    world.archive.reader.remove(FIRST);
    expect(await verify(world)).toMatchObject({ intact: 3, missing: 1 });
    world.archive.reader.put(FIRST, bytes);
    world.archive.reader.remove(stored);
    // What lies under the first name is another delivery, not this one in another state.
    expect(await verify(world)).toMatchObject({ intact: 3, missing: 1, changed: 0 });
    world.archive.reader.put(stored, 'x');
    expect(await verify(world)).toMatchObject({
      intact: 3,
      changed: 1,
      problems: [{ storedAs: stored, foundSize: 1 }],
    });
  });

  test('may hold strays, which are told where that is asked', async () => {
    const world = await openArchive();
    world.archive.reader.put('notes.txt', 'x');
    world.archive.reader.put(keyOf('2023-03-05'), 'y');
    world.archive.reader.put(keyWithHash(FIRST, 'sha256:000000000000'), 'z');
    world.archive.reader.put(keyWithHash('unknown.csv', 'sha256:000000000000'), 'z');
    expect(await verify(world)).toMatchObject({ intact: 3, strays: undefined, problems: [] });
    const report = await verify(world, { strays: true });
    expect(report).toMatchObject({ intact: 3, strays: 4 });
    expect(report.problems.map((problem) => 'storedAs' in problem && problem.storedAs)).toEqual([
      'notes.txt',
      keyWithHash(FIRST, 'sha256:000000000000'),
      keyOf('2023-03-05'),
      keyWithHash('unknown.csv', 'sha256:000000000000'),
    ]);
  });

  test('may hold a stray under the very name of a file, whose own bytes lie beside it', async () => {
    const world = await openArchive();
    const [bytes, hash] = [world.archive.stored.get(FIRST)!, await digestContent(world.archive.stored.get(FIRST)!)];
    world.archive.reader.put(keyWithHash(FIRST, hash), bytes);
    world.archive.reader.put(FIRST, 'foreign');
    expect(await verify(world, { strays: true })).toMatchObject({
      intact: 3,
      strays: 1,
      problems: [{ kind: 'stray', storedAs: FIRST, foundSize: 7 }],
    });
    expect(await verify(world)).toMatchObject({ intact: 3, strays: undefined, problems: [] });
  });

  test('is looked at for a range of days alone, strays too', async () => {
    const world = await openArchive();
    world.archive.reader.remove(FIRST);
    world.archive.reader.put(keyOf('2023-03-01', 'stray.csv'), 'x');
    world.archive.reader.put(keyOf('2023-03-03', 'stray.csv'), 'x');
    expect(await verify(world, { range: { fromDay: '2023-03-02' }, strays: true })).toMatchObject({
      files: 2,
      intact: 2,
      strays: 1,
    });
    expect(await verify(world, { range: { toDay: '2023-03-02' }, strays: true })).toMatchObject({
      files: 2,
      missing: 1,
      strays: 1,
    });
  });

  test('need not hold what was refused', async () => {
    const world = await openArchive();
    world.landing.put(keyOf('2023-03-04'), 'no,header\n', START);
    await world.run();
    expect(await verify(world, { strays: true })).toMatchObject({ files: 3, intact: 3, strays: 0 });
  });

  test('tells a file that cannot be read, and goes on', async () => {
    const world = await openArchive();
    const error = new PortError({ code: 'landing.unreadable', message: 'The disk is broken.' });
    const faulty = injectFault(world.archive.reader, { method: 'open', call: 1, when: 'before', error });
    expect(await verify(world, {}, faulty.port)).toMatchObject({
      files: 3,
      intact: 2,
      unreadable: 1,
      problems: [{ kind: 'unreadable', key: FIRST, reason: 'The disk is broken.' }],
    });
  });

  test('that cannot be read at all is an error, not one that lacks everything', async () => {
    const world = await openArchive();
    const error = new PortError({ code: 'landing.not-found', message: 'There is no such folder.' });
    const faulty = injectFault(world.archive.reader, { method: 'list', call: 1, when: 'before', error });
    await expect(verify(world, {}, faulty.port)).rejects.toBe(error);
    const broken = injectFault(world.warehouse, { method: 'files', call: 1, when: 'before', error });
    await expect(
      verifyArchive({ deliveries: broken.port, warehouse: world.warehouse, archive: world.archive.reader }),
    ).rejects.toBe(error);
  });

  test('is no longer read where that is told', async () => {
    const world = await openArchive();
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('stopped'));
    await expect(verify(world, { signal: controller.signal, onProgress })).rejects.toThrow('stopped');
  });

  test('keeps a thousand problems one by one, and counts all', async () => {
    const world = await openWorld();
    for (let i = 0; i < 1100; i++) world.landing.put(keyOf('2023-03-01', `${i}.csv`), '', START);
    await world.run();
    const report = await verify(world, {}, new InMemoryLandingZone());
    expect([report.missing, report.problems.length]).toEqual([1100, 1000]);
  });
});
