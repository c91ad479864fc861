import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { IngestReport, LandedFile } from '@weir/core';
import { HandledFiles } from '../src/watch/handled-files.ts';
import { StillFiles } from '../src/watch/still-files.ts';
import { type Look, WatchLoop } from '../src/watch/watch-loop.ts';

const file = (key: string, size: number, modifiedAt = 0): LandedFile => ({
  key,
  size,
  modifiedAt,
  version: `${size}-${modifiedAt}`,
});

describe('a file is still', () => {
  it('only when it was seen unchanged for the whole pause', () => {
    const files = new StillFiles(1000);
    expect(files.observe([file('a', 1)], 0).still).toEqual([]);
    expect(files.observe([file('a', 1)], 900).restless).toHaveLength(1);
    expect(files.observe([file('a', 2)], 1000).restless).toHaveLength(1);
    expect(files.observe([file('a', 2, 5)], 2000).restless).toHaveLength(1);
    expect(files.observe([file('a', 2, 5)], 3000).still).toHaveLength(1);
  });
  it('not because an earlier file of its name was', () => {
    const files = new StillFiles(1000);
    files.observe([file('a', 1)], 0);
    files.observe([], 500);
    expect(files.observe([file('a', 1)], 1500).still).toEqual([]);
  });
});

describe('a file waits', () => {
  const report = (status: string, takenTo?: string, notMoved: string[] = []) =>
    ({ files: [{ key: 'a', status, takenTo }], notMoved: notMoved.map((key) => ({ key })) }) as unknown as IngestReport;
  const waits = (noted: IngestReport, next = file('a', 1)) => {
    const handled = new HandledFiles();
    handled.note([file('a', 1)], noted);
    return handled.waiting([next]).length === 1;
  };

  it.each(['loaded', 'already-loaded', 'empty', 'refused'])('no more once it is %s and stayed', (status) => {
    expect(waits(report(status))).toBe(false);
    expect(waits(report(status), file('a', 2))).toBe(true);
  });
  it('again where it failed or could not be moved', () => {
    expect(waits(report('failed'))).toBe(true);
    expect(waits(report('loaded', undefined, ['a']))).toBe(true);
  });
  it('again where it was gone in between', () => {
    const handled = new HandledFiles();
    handled.note([file('a', 1)], report('refused'));
    handled.keepOnly([]);
    expect(handled.waiting([file('a', 1)])).toHaveLength(1);
  });
});

describe('the watch loop', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function start(results: (Look | Promise<Look>)[]) {
    const looks: number[] = [];
    const controller = new AbortController();
    const loop = new WatchLoop({
      look: async () => {
        looks.push(Date.now() - startedAt);
        return (await results.shift()) ?? 'quiet';
      },
      settleMs: 100,
      sweepMs: 5000,
      signal: controller.signal,
      now: () => Date.now(),
    });
    const startedAt = Date.now();
    const ended = loop.run();
    return { loop, looks, controller, ended };
  }

  it('looks at its start and at each sweep', async () => {
    const { looks, controller, ended } = start([]);
    await jest.advanceTimersByTimeAsync(10_500);
    controller.abort();
    await ended;
    expect(looks).toEqual([0, 5000, 10_000]);
  });
  it('looks once after many events', async () => {
    const { loop, looks, controller, ended } = start([]);
    await jest.advanceTimersByTimeAsync(1000);
    for (let i = 0; i < 50; i++) loop.notify();
    await jest.advanceTimersByTimeAsync(1000);
    controller.abort();
    await ended;
    expect(looks).toEqual([0, 1100]);
  });
  it('looks again soon while files are restless', async () => {
    const { looks, controller, ended } = start(['restless', 'restless']);
    await jest.advanceTimersByTimeAsync(1000);
    controller.abort();
    await ended;
    expect(looks).toEqual([0, 100, 200]);
  });
  it('never looks twice at once; an event during a look leads to another one', async () => {
    let finish: (look: Look) => void = () => undefined;
    const { loop, looks, controller, ended } = start([
      new Promise<Look>((resolve) => {
        finish = resolve;
      }),
    ]);
    await jest.advanceTimersByTimeAsync(1000);
    loop.notify();
    await jest.advanceTimersByTimeAsync(1000);
    expect(looks).toEqual([0]);
    finish('quiet');
    await jest.advanceTimersByTimeAsync(1000);
    controller.abort();
    await ended;
    expect(looks).toEqual([0, 2100]);
  });
  it('tries again at the next sweep after a failure, whatever lands before', async () => {
    const { loop, looks, controller, ended } = start(['failed']);
    await jest.advanceTimersByTimeAsync(1000);
    loop.notify();
    await jest.advanceTimersByTimeAsync(5000);
    controller.abort();
    await ended;
    expect(looks).toEqual([0, 5000]);
  });
});
