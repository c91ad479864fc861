import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunEvent } from '@weir/core/telemetry';
import { FixedClock } from '@weir/core/testing';
import { EventFile } from '../src/events/event-file.ts';
import { openRunEvents } from '../src/events/open-run-events.ts';
import type { Session } from '../src/session.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';
import { openTestScreen } from './support/test-screen.ts';

const EVENT: RunEvent = {
  version: 1,
  time: '2023-03-16T01:00:00.000Z',
  runId: 'run-1',
  kind: 'file-started',
  key: 'a.csv',
  size: 1,
};
const LINE = JSON.stringify(EVENT);

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await openTemporaryFolder();
});
afterEach(() => folder.remove());

/** Writes the event so many times; what was said about faults. */
function write(path: string, times = 1): string[] {
  const faults: string[] = [];
  const file = new EventFile(path, (error) => faults.push(String(error)));
  for (let i = 0; i < times; i++) file.write(EVENT);
  file.close();
  return faults;
}

describe('a file of events', () => {
  it('is appended to, a line an event', async () => {
    const path = folder.in('events.ndjson');
    expect([write(path), write(path, 2)]).toEqual([[], []]);
    expect(await readFile(path, 'utf8')).toBe(`${LINE}\n`.repeat(3));
  });

  it('goes on on a new line where somebody left half a line', async () => {
    const path = folder.in('events.ndjson');
    await writeFile(path, '{"version":1,"ti');
    write(path, 2);
    expect(await readFile(path, 'utf8')).toBe(`{"version":1,"ti\n${LINE}\n${LINE}\n`);
  });

  it('keeps the lines of two writers apart', async () => {
    const path = folder.in('events.ndjson');
    const [one, other] = [new EventFile(path, String), new EventFile(path, String)];
    for (let i = 0; i < 100; i++) for (const file of [one, other]) file.write(EVENT);
    one.close();
    other.close();
    expect(await readFile(path, 'utf8')).toBe(`${LINE}\n`.repeat(200));
  });

  it('holds no character that could break a line or steer a terminal', async () => {
    const path = folder.in('events.ndjson');
    const file = new EventFile(path, String);
    const key = 'a\n\u2028\u001b[2J.csv';
    file.write({ ...EVENT, key } as RunEvent);
    file.close();
    const text = await readFile(path, 'utf8');
    expect(text).toMatch(/^[\x20-\x7e]*\n$/);
    expect(JSON.parse(text)).toEqual({ ...EVENT, key });
  });

  it.each([
    ['lies in a folder that does not exist', async () => folder.in('none/events.ndjson')],
    [
      'is a folder',
      async () => {
        await mkdir(folder.in('folder'));
        return folder.in('folder');
      },
    ],
    [
      'is a pipe that nobody reads',
      async () => {
        execFileSync('mkfifo', [folder.in('pipe')]);
        return folder.in('pipe');
      },
    ],
    ['lies on a disk that is full', async () => '/dev/full'],
  ])('that %s is told once, and writing goes on without', async (_, make) => {
    expect(write(await make(), 3)).toHaveLength(1);
  });
});

describe('events of a command', () => {
  const session = (screen: Session['screen']) => ({ screen, cwd: folder.path, env: {}, options: {} }) as Session;
  const open = async (options: { events?: string }) => {
    const { screen, stderr } = openTestScreen();
    const events = await openRunEvents(session(screen), options, { clock: new FixedClock() });
    return { events, stderr };
  };

  it('are written where --events says, from the folder in which it was called', async () => {
    const { events, stderr } = await open({ events: 'events.ndjson' });
    events.take({ kind: 'run-started', runId: 'run-1', operation: 'ingest' });
    await events.close();
    expect(stderr()).toBe('');
    expect(JSON.parse(await readFile(folder.in('events.ndjson'), 'utf8'))).toMatchObject({ kind: 'run-started' });
  });

  it('are told nowhere without --events', async () => {
    const { events, stderr } = await open({});
    events.take({ kind: 'run-started', runId: 'run-1', operation: 'ingest' });
    await events.close();
    expect(stderr()).toBe('');
  });

  it('say on standard error where they cannot be written, and why', async () => {
    await writeFile(folder.in('file'), '');
    const { events, stderr } = await open({ events: 'file/events.ndjson' });
    for (let i = 0; i < 3; i++) events.take({ kind: 'listed', files: 0, bytes: 0 });
    await events.close();
    expect(stderr()).toMatch(
      /^Run events are not written to .*file\/events\.ndjson: ENOTDIR.* The run goes on without\.\n$/,
    );
  });

  it('hold no password', async () => {
    const { events } = await open({ events: 'events.ndjson' });
    const message = 'postgres://weir:hunter2@db:5432/shop does not answer';
    events.take({ kind: 'retrying', attempt: 2, reason: message });
    events.take({ kind: 'run-failed', problem: { code: 'x', message, remedy: undefined }, phases: {} });
    await events.close();
    expect(await readFile(folder.in('events.ndjson'), 'utf8')).not.toContain('hunter2');
  });
});
