import { describe, expect, it, jest } from '@jest/globals';
import { describeBooks, printable, sumRejects } from '@weir/core/text';
import { drawBar } from '../src/output/bar-meter.ts';
import { drawBooks, drawRejects } from '../src/output/draw-books.ts';
import { drawTable } from '../src/output/draw-table.ts';
import { formatBytes, formatCounted, formatDuration, formatTime, formatWait } from '../src/output/format-amount.ts';
import { LineMeter } from '../src/output/line-meter.ts';
import { Pace } from '../src/output/pace.ts';
import { Screen } from '../src/output/screen.ts';
import { shorten } from '../src/output/shorten.ts';
import { tellTable } from '../src/output/tell-table.ts';
import { wrapText } from '../src/output/wrap-text.ts';
import { openTestScreen } from './support/test-screen.ts';

describe('amounts', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [167_000_000, '167 MB'],
    [5e12, '5.0 TB'],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0, '0.0 s'],
    [9940, '9.9 s'],
    [89_000, '89 s'],
    [120_000, '2 min 0 s'],
    [95_000, '1 min 35 s'],
    [5_400_000, '1 h 30 min'],
  ])('%i ms took %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('counts what is waited for in whole seconds', () => expect(formatWait(5_100)).toBe('6 s'));
  it('knows one from many', () =>
    expect([formatCounted(1, 'row'), formatCounted(1234, 'row')]).toEqual(['1 row', '1,234 rows']));
  it('tells times in UTC', () => expect(formatTime(1_678_860_902_123)).toBe('2023-03-15 06:15:02 UTC'));
});

describe('text', () => {
  it('of others cannot steer the terminal', () => {
    expect(printable('a\u001b[31m\r\nb\u202ec')).toBe('a\\u{1b}[31m\\u{d}\\u{a}b\\u{202e}c');
  });
  it('is cut in its middle, keeping more of the end', () => {
    expect(shorten('transactions_2023-03-15.csv', 16)).toHaveLength(16);
    expect(shorten('transactions_2023-03-15.csv', 16)).toMatch(/^tran….*\.csv$/);
    expect(shorten('short.csv', 16)).toBe('short.csv');
  });
  it('is wrapped at spaces, and a long word keeps its own line', () => {
    expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapText('extraordinary x', 5)).toEqual(['extraordinary', 'x']);
  });
});

describe('a table', () => {
  const columns = [
    { title: 'file', gives: true as const },
    { title: 'when', spare: true as const },
    { title: 'rows', align: 'right' as const },
  ];
  const rows = [['transactions_2023-03-15.csv', '2023-03-15', '12']];
  const draw = (width: number) => drawTable(openTestScreen({ columns: width }).screen, columns, rows);

  it('is as wide as it needs to be where there is room', () => {
    expect(draw(80)!.split('\n')).toEqual([
      'file                         when        rows',
      '───────────────────────────  ──────────  ────',
      'transactions_2023-03-15.csv  2023-03-15    12',
    ]);
  });
  it.each([40, 34, 24])('fits a terminal of %i columns', (width) => {
    for (const line of draw(width)!.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
  });
  it('leaves out what is spare before it gives up', () => {
    expect(draw(24)).not.toContain('when');
    expect(draw(10)).toBeUndefined();
  });
});

describe('columns and rows', () => {
  const columns = [
    { name: 'sourceKey', title: 'file', value: ({ key }: Row) => key, gives: true as const },
    { name: 'rows', value: ({ rows }: Row) => rows },
    { name: 'rate', value: ({ rows }: Row) => rows / 1e4, show: ({ rows }: Row) => `${rows / 100} %` },
    { name: 'hash', value: ({ hash }: Row) => hash, only: 'csv' as const },
  ];
  type Row = { key: string; rows: number; hash?: string };
  const rows: Row[] = [
    { key: 'a.csv', rows: 1234, hash: 'x' },
    { key: '=1+1,"\u001b[2J', rows: 5 },
  ];
  const tell = (setting: Parameters<typeof openTestScreen>[0], narrow?: (row: Row) => string) => {
    const { screen, stdout } = openTestScreen(setting);
    tellTable(screen, columns, rows, narrow);
    return stdout();
  };

  it('are a table for people, with numbers that can be read', () => {
    expect(tell({}).split('\n').slice(2)).toEqual([
      'a.csv            1,234  12.34 %',
      '=1+1,"\\u{1b}[2J      5  0.05 %',
      '',
    ]);
  });
  it('are CSV for programs, in which nothing calculates or steers a terminal', () => {
    expect(tell({ format: 'csv' })).toBe(
      'sourceKey,rows,rate,hash\na.csv,1234,0.1234,x\n"\'=1+1,""\\u{1b}[2J",5,0.0005,\n',
    );
  });
  it('are no table for people where there are none', () => {
    const { screen, stdout } = openTestScreen({});
    tellTable(screen, columns, []);
    expect(stdout()).toBe('');
  });
  it('say nothing where a document does', () => expect(tell({ format: 'json' })).toBe(''));
  it('become lines on a terminal on which no table fits', () => {
    expect(tell({ columns: 12 })).toMatch(/^a\.csv\n {2}rows: 1,234\n {2}rate: 12\.34 %\n/);
    expect(tell({ columns: 12 }, ({ rows }) => `${rows}!`)).toBe('1234!\n5!\n');
  });
  it('have one heading in CSV, however often rows follow', () => {
    const { screen, stdout } = openTestScreen({ format: 'csv' });
    screen.records(columns, []);
    screen.records(columns, rows.slice(0, 1));
    screen.records(columns, []);
    expect(stdout()).toBe('sourceKey,rows,rate,hash\na.csv,1234,0.1234,x\n');
  });
});

describe('books', () => {
  const books = { read: 10, inserted: 7, updated: 0, unchanged: 0, stale: 0, duplicate: 1, rejected: 2 };
  const file = (key: string, more = {}) => ({ key, status: 'loaded', ...books, ...more });

  it('leave out verdicts that nobody got, and add up several files', () => {
    const { screen } = openTestScreen();
    const table = drawBooks(screen, [file('x/a.csv'), file('x/b.csv')], { ...books, read: 20 });
    expect(table).not.toContain('stale');
    expect(table).toMatch(/^a\.csv +loaded +10 +7 +1 +2$/m);
    expect(table).toMatch(/^all 2 files +20 /m);
  });
  it('keep the folder of files with one name', () => {
    expect(drawBooks(openTestScreen().screen, [file('x/a.csv'), file('y/a.csv')], books)).toContain('y/a.csv');
  });
  it('of many files show those that something happened to', () => {
    const files = Array.from({ length: 500 }, (_, i) =>
      file(`${i}.csv`, { status: i === 300 ? 'refused' : 'already-loaded' }),
    );
    const table = drawBooks(openTestScreen().screen, files, books);
    expect(table).toMatch(/^300\.csv +refused/m);
    expect(table).toContain('... and 485 more');
    expect(table.split('\n').length).toBeLessThan(25);
  });
  it('become lines where no table fits', () => {
    const text = drawBooks(openTestScreen({ columns: 20 }).screen, [file('a.csv')], books);
    expect(text).toBe('a.csv loaded\n  10 rows read = 7 inserted + 1 duplicate + 2 rejected');
  });
  it('are an equation', () =>
    expect(describeBooks({ ...books, read: 0, inserted: 0, duplicate: 0, rejected: 0 })).toBe('0 rows read = 0'));
  it('list the reasons of rejected rows, the most frequent first', () => {
    const sums = sumRejects([
      { rejectsByCode: { 'price-negative': 1 } },
      { rejectsByCode: { 'price-negative': 2, 'status-unknown': 12 } },
    ]);
    expect(drawRejects(sums)).toEqual(['  12  status-unknown', '   3  price-negative']);
  });
});

describe('a bar', () => {
  const state = { phase: 'File 1 of 4', share: 0.5, details: ['1,000 rows', '1 MB of 2 MB', '9 rows/s', '3 s left'] };
  const plain = (text: string) => text;

  it('shows share and details', () => {
    expect(drawBar(state, 120, plain)).toBe(
      `${'█'.repeat(12)}${'░'.repeat(12)}  50 %  File 1 of 4 · 1,000 rows · 1 MB of 2 MB · 9 rows/s · 3 s left`,
    );
  });
  it.each([80, 60, 50, 40])('leaves out the less telling details on %i columns', (columns) => {
    expect(drawBar(state, columns, plain).length).toBeLessThan(columns);
  });
  it('is a sentence where the end is not known', () => {
    expect(drawBar({ phase: 'Committing', details: ['3 s'] }, 80, plain)).toBe('Committing · 3 s');
  });
});

describe('progress without a terminal', () => {
  it('is at most a line in ten seconds', () => {
    let now = 0;
    const { screen, stderr } = openTestScreen();
    const meter = new LineMeter(screen, 'lines', () => now);
    for (; now <= 25_000; now += 10) meter.update(() => ({ phase: 'Reading', share: now / 40_000, details: ['x'] }));
    meter.stop();
    expect(stderr()).toBe('Reading, 25 %, x\nReading, 50 %, x\n');
  });
  it('goes on while nothing is reported', () => {
    jest.useFakeTimers();
    const { screen, stderr } = openTestScreen();
    const meter = new LineMeter(screen, 'lines', () => Date.now());
    meter.update(() => ({ phase: 'Committing', details: [] }));
    jest.advanceTimersByTime(21_000);
    meter.stop();
    jest.advanceTimersByTime(60_000);
    jest.useRealTimers();
    expect(stderr()).toBe('Committing\nCommitting\n');
  });
  it('is quiet where lines are told in another way', () => {
    const { screen, stderr } = openTestScreen();
    const meter = new LineMeter(screen, 'quiet');
    meter.line('Read a.csv');
    meter.line('Trying again', true);
    expect(stderr()).toBe('Trying again\n');
  });
});

describe('the pace', () => {
  it('is unknown at first, then that of the last seconds', () => {
    const pace = new Pace();
    pace.note(0, 0);
    expect(pace.perSecond(50, 10)).toBe(0);
    for (let at = 100; at <= 30_000; at += 100) pace.note(at, at < 15_000 ? at : 15_000 + (at - 15_000) * 3);
    expect(pace.perSecond(30_000, 60_000)).toBeCloseTo(3000, -1);
  });
});

describe('the screen', () => {
  const screen = (isTTY: boolean, env: NodeJS.ProcessEnv) =>
    new Screen({ stdout: { isTTY, write: () => true }, stderr: { isTTY, write: () => true }, env, format: 'text' });

  it.each([
    [true, {}, true, true],
    [true, { NO_COLOR: '1' }, false, true],
    [true, { NO_COLOR: '' }, true, true],
    [true, { TERM: 'dumb' }, false, false],
    [false, {}, false, false],
  ])('terminal %p with %p: colours %p, bars %p', (isTTY, env, colors, bars) => {
    expect(screen(isTTY, env).colors.isColorSupported).toBe(colors);
    expect(screen(isTTY, env).showsBars).toBe(bars);
  });
  it('gives standard output to documents alone where JSON was asked for', () => {
    const { screen, stdout, stderr } = openTestScreen({ format: 'json' });
    screen.say('a table');
    screen.narrate('a story');
    screen.document({ a: 1 });
    expect([stdout(), stderr()]).toEqual(['{"a":1}\n', 'a story\n']);
  });
  it('gives standard output to records alone where CSV was asked for', () => {
    const { screen, stdout, stderr } = openTestScreen({ format: 'csv' });
    screen.say('a table');
    screen.narrate('a story');
    screen.document({ a: 1 });
    expect([stdout(), stderr()]).toEqual(['', 'a story\n']);
  });
});
