import { expect, test } from '@jest/globals';
import { LiveFeed } from '../src/index.ts';
import { toLiveView } from '../src/live/live-view.ts';

const at = (second: number) => new Date(Date.UTC(2023, 2, 15, 0, 0, second)).toISOString();

function feed(...events: readonly Record<string, unknown>[]): LiveFeed {
  const live = new LiveFeed();
  for (const [second, event] of events.entries()) {
    live.take(JSON.stringify({ version: 1, time: at(second), runId: 'run-1', ...event }));
  }
  return live;
}

const BEGIN = [
  { kind: 'run-started', operation: 'ingest' },
  { kind: 'listed', files: 2, bytes: 3000 },
  { kind: 'dimensions-read', products: 1, customers: 1 },
  { kind: 'file-started', key: 'a.csv', size: 1000 },
];

test('a run is as far as its events say: files, bytes, rows, rejects, speed', () => {
  const { run } = feed(
    ...BEGIN,
    { kind: 'file-progress', key: 'a.csv', bytes: 500, rows: 4 },
    { kind: 'file-read', key: 'a.csv', rows: 10, rejected: 3 },
    { kind: 'file-started', key: 'b.csv', size: 2000 },
    { kind: 'file-progress', key: 'b.csv', bytes: 500, rows: 6 },
  );
  expect(toLiveView(run!)).toEqual({
    run: 'run-1',
    phase: 'Reading rows',
    files: '1 of 2',
    bytes: '1.5 kB of 3.0 kB',
    rows: '16',
    rejected: '3',
    speed: '2',
    file: 'b.csv',
    elapsed: '7.0 s',
    share: 0.5,
  });
});

test('a run ends with its status, and the next one begins at nothing', () => {
  const ended = feed(
    ...BEGIN,
    { kind: 'committing', files: 2 },
    { kind: 'run-ended', status: 'succeeded-with-rejects' },
  );
  expect(toLiveView(ended.run!)).toMatchObject({ phase: 'Ended: succeeded with rejects', files: '2 of 2', file: '' });
  ended.take(JSON.stringify({ kind: 'listed', files: 1, bytes: 10, runId: 'run-2', time: at(60) }));
  expect(toLiveView(ended.run!)).toMatchObject({ run: 'run-2', phase: 'Finding files', rows: '0', files: '0 of 1' });
});

test.each(['', '{', 'null', '7', '{"kind":"listed"}', '{"kind":"listed","runId":"x","time":"yesterday"}'])(
  '%j is no event, and changes nothing',
  (line) => {
    const live = feed(...BEGIN);
    const before = live.run;
    live.take(line);
    expect(live.run).toBe(before);
  },
);

test('what an event of a later version says is not understood, and does no harm', () => {
  const live = feed(...BEGIN, { kind: 'file-progress', key: 7, bytes: 'many', rows: null }, { kind: 'unheard-of' });
  expect(toLiveView(live.run!)).toMatchObject({ phase: 'Reading rows', rows: '0', file: 'a.csv' });
});
