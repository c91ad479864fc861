import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../../src/policy/parse-policy.ts';
import type { FileWorkers, RowWorkers } from '../../../src/ports/row-workers.port.ts';
import type { DimensionIndex } from '../../../src/staging/dimension-index.ts';
import type { PieceResult } from '../../../src/staging/piece-work.ts';
import { InMemoryRowWorkers } from '../../../src/testing/in-memory-row-workers.ts';
import type { Rows } from '../../../src/use-cases/rows/rows.ts';
import { RowsHere } from '../../../src/use-cases/rows/rows-here.ts';
import { RowsInPieces } from '../../../src/use-cases/rows/rows-in-pieces.ts';
import { CUSTOMERS, indexOf, PRODUCTS } from '../../support/dimensions.ts';
import { cutEvery } from '../../support/read-csv.ts';

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status,note\n';
const GOOD = 'T-1,C-1,P-1,2,3.50,2023-03-15,Cash,Completed,\n';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let products: DimensionIndex;
let customers: DimensionIndex;
beforeAll(async () => {
  products = await indexOf(PRODUCTS);
  customers = await indexOf(CUSTOMERS);
});

class Collector {
  rows: Uint8Array[] = [];
  rejects: Uint8Array[] = [];
  async writeRows(lines: Uint8Array): Promise<void> {
    this.rows.push(lines);
  }
  async writeRejects(lines: Uint8Array): Promise<void> {
    this.rejects.push(lines);
  }
}

interface Settings {
  readonly maxRecordBytes: number;
  readonly chunkBytes: number;
}

async function readAll(text: string, settings: Settings, open: (collector: Collector) => Rows) {
  const collector = new Collector();
  const rows = open(collector);
  for (const chunk of cutEvery(Buffer.from(text, 'latin1'), settings.chunkBytes)) await rows.push(chunk.slice());
  await rows.end();
  return {
    rows: Buffer.concat(collector.rows).toString('latin1'),
    rejects: Buffer.concat(collector.rejects).toString('latin1'),
    tally: JSON.stringify(rows.tally()),
    header: rows.header?.text,
    refusal: rows.refusal,
  };
}

function optionsFor({ maxRecordBytes }: Settings) {
  return { policy: { ...parsePolicy(), maxRecordBytes }, fileNo: 1, fileDay: '2023-03-15', products, customers };
}

const readHere = (text: string, settings: Settings) =>
  readAll(text, settings, (collector) => new RowsHere(optionsFor(settings), collector));

const readInPieces = (text: string, settings: Settings, workers: InMemoryRowWorkers, pieceBytes?: number) =>
  readAll(text, settings, (collector) => new RowsInPieces(optionsFor(settings), collector, workers, pieceBytes));

describe('rows read in pieces', () => {
  const part = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(GOOD, GOOD.replace('\n', '\r\n'), GOOD.replace('C-1', 'nobody')) },
    { weight: 3, arbitrary: fc.constantFrom('"', '""', ',', '\r', '\n', '\r\n', ' ', '\xff', '\0') },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '"T-2","C-1","P-1","2","3.50","2023-03-15","Cash","Completed","a note\nof two lines"\r\n',
        'T-3,C-1,P-1,2,3.50,2023-03-15,Cash,Completed,"one, ""two""\r\n\n\nthree"\n',
        `T-4,C-1,P-1,2,3.50,2023-03-15,Cash,Completed,"${'line\n'.repeat(30)}"\n`,
        'T-5,"C-1\n,P-1\n',
        GOOD.replace('\n', '\r'),
      ),
    },
    { weight: 1, arbitrary: fc.integer({ min: 50, max: 700 }).map((length) => 'w'.repeat(length)) },
  );
  const text = fc
    .tuple(
      fc.constantFrom(HEADER, `\xef\xbb\xbf\n \r\n${HEADER}`, 'no,header\n', ''),
      fc.array(part, { maxLength: 40 }),
    )
    .map(([header, parts]) => header + parts.join(''));

  test('are those of one reader, whatever the bytes, the pieces and the order in which workers answer', async () => {
    let worked = 0;
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.record({
          maxRecordBytes: fc.constantFrom(100, 200, 1 << 20),
          chunkBytes: fc.constantFrom(1, 7, 64, 5000),
        }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 300 }),
        fc.infiniteStream(fc.boolean()),
        async (given, settings, count, pieceBytes, isLate) => {
          const workers = new InMemoryRowWorkers(count, async () => {
            if (isLate.next().value) await Promise.resolve();
          });
          const read = await readInPieces(given, settings, workers, pieceBytes);
          expect(read).toEqual(await readHere(given, settings));
          expect(workers.files).toBe(0);
          worked += workers.worked;
        },
      ),
      { numRuns: 1500 },
    );
    expect(worked).toBeGreaterThan(1500);
  }, 120_000);

  test('with a line break in quotes at the end of a piece are read again from the reader that was left open', async () => {
    const settings = { maxRecordBytes: 1 << 20, chunkBytes: 64 };
    const note = `${GOOD.trimEnd()}"${'a line of a note\n'.repeat(20)}"\n`;
    const given = HEADER + (GOOD + note).repeat(10);
    const workers = new InMemoryRowWorkers(2, (worker) => sleep(worker));
    const read = await readInPieces(given, settings, workers, 100);
    expect(read).toEqual(await readHere(given, settings));
    expect(JSON.parse(read.tally)).toMatchObject({ read: 20, rejected: 0 });
    expect(workers.worked).toBeGreaterThan(Math.ceil(given.length / 100));
  });

  test('are worked on once where every piece ends in a quote that is not closed, but for the first guesses', async () => {
    const settings = { maxRecordBytes: 1 << 20, chunkBytes: 1000 };
    const given = `${HEADER}${'"\n'.repeat(20_000)}${GOOD}`;
    const workers = new InMemoryRowWorkers(2);
    const read = await readInPieces(given, settings, workers, 100);
    expect(read).toEqual(await readHere(given, settings));
    const pieces = Math.ceil((given.length - HEADER.length) / 100);
    expect(workers.worked).toBeLessThanOrEqual(pieces + 2 * workers.count);
  });

  test('of a line that is longer than all pieces need no more room than they do', async () => {
    const settings = { maxRecordBytes: 200, chunkBytes: 1000 };
    const given = `${HEADER}${GOOD}${'x'.repeat(100_000)}\n${GOOD}`;
    const read = await readInPieces(given, settings, new InMemoryRowWorkers(3), 100);
    expect(read).toEqual(await readHere(given, settings));
    expect(JSON.parse(read.tally)).toMatchObject({ read: 3, rejectsByCode: { 'row-too-long': 1 } });
  });

  test('are let go when they are taken, also where each piece goes on from the one before', async () => {
    const settings = { maxRecordBytes: 1 << 20, chunkBytes: 1000 };
    const workers = new InMemoryRowWorkers(2);
    const results: WeakRef<PieceResult>[] = [];
    const watched: RowWorkers = {
      count: workers.count,
      worthFrom: 0,
      openFile: (file) => {
        const opened = workers.openFile(file);
        const work: FileWorkers['work'] = async (...piece) => {
          const result = await opened.work(...piece);
          results.push(new WeakRef(result));
          return result;
        };
        return { ...opened, work };
      },
    };
    const drain = { writeRows: async () => undefined, writeRejects: async () => undefined };
    const rows = new RowsInPieces(optionsFor(settings), drain, watched, 100);
    // The last quote of every piece is still open at its end.
    for (const chunk of cutEvery(Buffer.from(HEADER + 'x,"y\n'.repeat(5000)), 1000)) await rows.push(chunk);
    await sleep(1);
    collectGarbage();
    expect(results.length).toBeGreaterThan(200);
    expect(results.filter((result) => result.deref() !== undefined).length).toBeLessThan(20);
    await rows.end();
    expect(rows.tally()).toMatchObject({ read: 5000, rejected: 5000 });
  });

  test('are given up with the fault of the first worker that fails', async () => {
    const fault = new Error('the worker is gone');
    const workers = new InMemoryRowWorkers(2, async (_, no) => {
      if (no >= 3) throw fault;
    });
    const settings = { maxRecordBytes: 1 << 20, chunkBytes: 1000 };
    await expect(readInPieces(HEADER + GOOD.repeat(500), settings, workers, 200)).rejects.toBe(fault);
  });

  test('wait where the stage is behind: no more pieces are under way than three a worker', async () => {
    let started = 0;
    const workers = new InMemoryRowWorkers(2, async () => {
      started++;
    });
    const { promise: blocked, resolve: goOn } = Promise.withResolvers<void>();
    const slow = { writeRows: () => blocked, writeRejects: async () => undefined };
    const settings = { maxRecordBytes: 1 << 20, chunkBytes: 1000 };
    const rows = new RowsInPieces(optionsFor(settings), slow, workers, 200);
    const reading = (async () => {
      await rows.push(Buffer.from(HEADER + GOOD.repeat(500)));
      await rows.end();
    })();
    await sleep(20);
    expect(started).toBeGreaterThan(2);
    expect(started).toBeLessThanOrEqual(6);
    goOn();
    await reading;
    expect(rows.tally().read).toBe(500);
  });

  test('are given to the last worker, which reads and writes, only where the others have enough to do', async () => {
    const { promise: held, resolve: goOn } = Promise.withResolvers<void>();
    const workers = new InMemoryRowWorkers(3, () => held);
    const drain = { writeRows: async () => undefined, writeRejects: async () => undefined };
    const settings = { maxRecordBytes: 1 << 20, chunkBytes: 1000 };
    const pieces: number[] = [];
    const watched: RowWorkers = {
      count: 3,
      worthFrom: 0,
      openFile: (file) => {
        const opened = workers.openFile(file);
        const work: FileWorkers['work'] = (worker, ...piece) => {
          pieces.push(worker);
          return opened.work(worker, ...piece);
        };
        return { ...opened, work };
      },
    };
    const rows = new RowsInPieces(optionsFor(settings), drain, watched, 200);
    const reading = (async () => {
      await rows.push(Buffer.from(HEADER + GOOD.repeat(500)));
      await rows.end();
    })();
    await sleep(20);
    expect(pieces).toEqual([0, 1, 0, 1, 0, 1, 2]);
    goOn();
    await reading;
    expect(rows.tally().read).toBe(500);
  });

  test('are cut into pieces of half a megabyte where nothing else is said', async () => {
    const settings = { maxRecordBytes: 1 << 20, chunkBytes: 100_000 };
    const given = HEADER + GOOD.repeat(20_000);
    const workers = new InMemoryRowWorkers(2);
    const read = await readInPieces(given, settings, workers, undefined);
    expect(read).toEqual(await readHere(given, settings));
  });
});
