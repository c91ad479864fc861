import { describe, expect, test } from '@jest/globals';
import { encodeStagedLine, FAULTS } from '@weir/core';
import {
  findCommittedHashes,
  readFacts,
  readUndoSteps,
  SqlReadiness,
  type Statement,
  type TextRow,
  untilItHolds,
} from '../src/index.ts';
import { FACT_COLUMNS } from '../src/queries/select-facts.ts';
import { readPages } from '../src/readers/read-pages.ts';
import { SqlDecisionLog } from '../src/readers/sql-decision-log.ts';
import { SqlDeliveryLog } from '../src/readers/sql-delivery-log.ts';
import { SqlFactReader } from '../src/readers/sql-fact-reader.ts';
import { SqlRejectStore } from '../src/readers/sql-reject-store.ts';
import { SqlRunHistory } from '../src/readers/sql-run-history.ts';
import { wholeLines } from '../src/readers/whole-lines.ts';
import { FILE, FILE_ROW, RUN_ROW, TIME } from './support/stored-rows.ts';

describe('pages', () => {
  const all = Array.from({ length: 7 }, (_, i) => i);

  async function read(asked: { after?: number; limit?: number }, most: number, there = all.length) {
    const asks: number[] = [];
    const pages: (readonly number[])[] = [];
    const read = async ({ after = -1, limit }: { after: number | undefined; limit: number }) => {
      asks.push(limit);
      return all.slice(after + 1, Math.min(there, after + 1 + limit));
    };
    for await (const page of readPages<number, number>(asked, most, read)) pages.push(page);
    return { asks, pages };
  }

  test('are read behind each other up to the end', async () => {
    expect(await read({}, 3)).toEqual({ asks: [3, 3, 3], pages: [[0, 1, 2], [3, 4, 5], [6]] });
    expect(await read({ after: 4 }, 3)).toEqual({ asks: [3], pages: [[5, 6]] });
  });

  test('are never empty, and no more than asked for', async () => {
    expect(await read({}, 3, 6)).toEqual({
      asks: [3, 3, 3],
      pages: [
        [0, 1, 2],
        [3, 4, 5],
      ],
    });
    expect(await read({ limit: 4 }, 3)).toEqual({ asks: [3, 1], pages: [[0, 1, 2], [3]] });
    expect(await read({ limit: 3 }, 3)).toEqual({ asks: [3], pages: [[0, 1, 2]] });
    expect(await read({}, 3, 0)).toEqual({ asks: [3], pages: [] });
  });
});

describe('staged text', () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  async function* cut(bytes: Uint8Array, size: number) {
    for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
  }
  async function batches(text: string, size: number, bytes: number): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const lines of wholeLines(cut(encode(text), size), bytes)) found.push(new TextDecoder().decode(lines));
    return found;
  }

  test.each([1, 2, 3, 5, 100])('ends each batch with a line, cut into chunks of %i bytes', async (size) => {
    const found = await batches('ab\ncd\nef\ngh\n', size, 4);
    expect(found.join('')).toBe('ab\ncd\nef\ngh\n');
    expect(found.every((lines) => lines.endsWith('\n'))).toBe(true);
  });

  test('goes on behind a line feed that is inside a value', async () => {
    expect(await batches('a\\\nb\nc\n', 3, 3)).toEqual(['a\\\nb\n', 'c\n']);
    // The backslash stands for itself there, and the line feed ends the line.
    expect(await batches('a\\\\\nb\n', 4, 4)).toEqual(['a\\\\\n', 'b\n']);
  });

  test('is one batch where no line ends, and none where there is nothing', async () => {
    expect(await batches('\nabcdef', 7, 1)).toEqual(['\n', 'abcdef']);
    expect(await batches('abcdef', 2, 1)).toEqual(['abcdef']);
    expect(await batches('', 2, 1)).toEqual([]);
  });

  test('is read as facts and as steps of an undo', async () => {
    const fact = encodeStagedLine(FACT_COLUMNS.map((column) => (column === 'source_modified' ? TIME : '7')));
    for await (const facts of readFacts(cut(fact, 10)))
      expect(facts).toMatchObject([{ transaction_id: '7', quantity: 7 }]);
    const step = encodeStagedLine(['T-1', 'delete', '', '', '', '']);
    for await (const steps of readUndoSteps(cut(step, 10)))
      expect(steps).toEqual([{ kind: 'delete', transactionId: 'T-1' }]);
    expect.assertions(2);
  });
});

describe('hashes of what was committed', () => {
  test('are asked for so many keys at a time, each once, and given for those keys only', async () => {
    const asked: number[] = [];
    const ask = async ({ parameters }: Statement) => {
      asked.push(parameters.length);
      return parameters.flatMap(({ value }) => [
        { source_key: String(value), content_hash: 'sha256:1' },
        { source_key: String(value), content_hash: 'sha256:2' },
        { source_key: `${value} `, content_hash: 'sha256:3' },
      ]);
    };
    const found = await findCommittedHashes({ dialect: 'redshift', ask }, ['a', 'b', 'a', 'c'], 2);
    const both = new Set(['sha256:1', 'sha256:2']);
    expect(found).toEqual(new Map(['a', 'b', 'c'].map((key) => [key, both])));
    expect(asked).toEqual([2, 1]);
    expect(await findCommittedHashes({ dialect: 'postgres', ask }, [])).toEqual(new Map());
  });
});

describe('a check', () => {
  test('is made until it holds, and once by all that ask at the same time', async () => {
    let made = 0;
    const check = untilItHolds(async () => {
      if (++made < 3) throw new Error('Not yet.');
    });
    await expect(check()).rejects.toThrow('Not yet.');
    await expect(Promise.all([check(), check()])).rejects.toThrow('Not yet.');
    await Promise.all([check(), check()]);
    await check();
    expect(made).toBe(3);
  });
});

test('readiness tells missing rights and the time of the database', async () => {
  const answers: Readonly<Record<string, TextRow>> = {
    'select-missing-rights': { object: 'fact_transactions', missing_right: 'INSERT' },
    'select-now': { now: '1700000000' },
  };
  const readiness = new SqlReadiness({ dialect: 'postgres', ask: async ({ name }) => [answers[name]!] });
  expect(await readiness.missingRights()).toEqual(['INSERT on fact_transactions']);
  expect(await readiness.now()).toBe(1_700_000_000_000);
});

describe('the readers of every database', () => {
  const asked: string[] = [];
  const answers: Readonly<Record<string, readonly TextRow[]>> = {
    'select-files': [FILE_ROW],
    'select-runs': [RUN_ROW],
    'select-run': [RUN_ROW],
    'select-files-of-run': [FILE_ROW],
    'count-rejects': [
      Object.fromEntries([['rejects', '0'], ...FAULTS.map(({ code }) => [code.replaceAll('-', '_'), '0'])]),
    ],
    'count-open-rejects': [{ open_rejects: '4' }],
  };
  const ask = async ({ name }: Statement, doing: string) => {
    asked.push(`${name}: ${doing}`);
    return answers[name] ?? [];
  };
  const nothing = async () => [];
  class Facts extends SqlFactReader {
    async *facts() {}
  }
  class Rejects extends SqlRejectStore {
    protected async dismissOpen() {
      return 3;
    }
  }

  test('ask one statement for each answer, and say what they do', async () => {
    const options = { dialect: 'postgres', ask } as const;
    expect(await new SqlDecisionLog(options).decisionsAbout('T-1')).toEqual([]);
    const deliveries = new SqlDeliveryLog(options);
    for await (const page of deliveries.files({})) expect(page).toMatchObject([{ key: 'a.csv' }]);
    expect(await deliveries.days({ fromDay: '2023-03-01', toDay: '2023-03-02' })).toEqual([]);
    const facts = new Facts(options);
    expect([await facts.totals({}), await facts.fact('T-1')]).toEqual([[], undefined]);
    const rejects = new Rejects(options);
    for await (const _ of rejects.readRejects({})) throw new Error('There are none.');
    expect(await rejects.countRejects({})).toEqual({ rejects: 0, byCode: {} });
    const history = new SqlRunHistory(options);
    expect(await history.runs({ limit: 1 })).toMatchObject([{ runId: 'run-1' }]);
    expect(await history.run('run-1')).toMatchObject({ runId: 'run-1', files: [FILE] });
    expect(await history.sumUp()).toMatchObject({ openRejects: 4 });
    expect(asked).toEqual([
      'select-decisions: reading decisions',
      'select-files: reading what was delivered',
      'select-days: adding up days',
      'select-totals: adding up amounts',
      'select-fact: reading a fact',
      'select-rejects: reading rejects',
      'count-rejects: counting rejects',
      'select-runs: reading earlier runs',
      'select-run: reading an earlier run',
      'select-files-of-run: reading an earlier run',
      'select-run-totals: adding up earlier runs',
      'select-file-totals: adding up earlier runs',
      'count-open-rejects: counting open rejects',
    ]);
  });

  test('find a fact, and no run that is not there', async () => {
    const row = Object.fromEntries(FACT_COLUMNS.map((column) => [column, column === 'source_modified' ? TIME : '7']));
    const found = new Facts({ dialect: 'redshift', ask: async () => [row] });
    expect(await found.fact('T-1')).toMatchObject({ transaction_id: '7', quantity: 7 });
    expect(await new SqlRunHistory({ dialect: 'redshift', ask: nothing }).run('run-9')).toBeUndefined();
  });

  test('ask nothing about an id that no database can hold', async () => {
    const never = () => Promise.reject(new Error('Asked.'));
    const options = { dialect: 'postgres', ask: never } as const;
    expect(await new SqlDecisionLog(options).decisionsAbout('a\0b')).toEqual([]);
    expect(await new Facts(options).fact('a\0b')).toBeUndefined();
  });

  test('dismiss open rejects, and none of another state', async () => {
    const rejects = new Rejects({ dialect: 'postgres', ask: nothing });
    const states = [undefined, 'open', 'resolved', 'dismissed'] as const;
    expect(await Promise.all(states.map((state) => rejects.dismissRejects({ state })))).toEqual([3, 3, 0, 0]);
  });
});
