import { afterEach, describe, expect, test } from '@jest/globals';
import { buildDimensionIndex, encodeStagedLine, parsePolicy, readDelivery, type StageWriter } from '@weir/core';
import { InMemoryLandingZone } from '@weir/core/testing';
import { ZlibUnpacker } from '../../src/index.ts';
import { ThreadRowWorkers } from '../../src/threads/index.ts';

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status,note\n';
const KEY = 'transactions/year=2023/month=03/day=15/transactions_2023-03-15.csv';

/** Rows of all kinds: quoted, with line breaks inside quotes, over the limit, rejected. About 2 MB. */
function writeText(): string {
  const parts = [HEADER];
  for (let i = 0; i < 25_000; i++) {
    const id = `T-${(i * 7919) % 20_000}`;
    const customer = i % 50 === 0 ? 'nobody' : `C-${i % 1000}`;
    if (i % 97 === 0)
      parts.push(`"${id}","${customer}","P-1","2","1.50","2023-03-15","Cash","Pending","two\nlines"\r\n`);
    else if (i % 4001 === 0)
      parts.push(`${id},${customer},P-1,1,1.00,2023-03-15,Cash,Pending,"${'note\n'.repeat(9000)}"\n`);
    else parts.push(`${id},${customer},P-${i % 10},${i % 9},${i % 300}.25,2023-03-1${i % 7},PayPal,Completed,x\n`);
  }
  return parts.join('');
}

async function* linesOf(count: number, line: (i: number) => string[]): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield encodeStagedLine(line(i));
}

async function read(text: string, shared: boolean, workers: ThreadRowWorkers | undefined, onRows = () => {}) {
  const landing = new InMemoryLandingZone();
  const landed = landing.put(KEY, text, 1);
  const rows: Uint8Array[] = [];
  const rejects: Uint8Array[] = [];
  const writer: StageWriter = {
    writeRows: async (lines) => {
      rows.push(lines);
      onRows();
    },
    writeRejects: async (lines) => void rejects.push(lines),
  };
  const products = await buildDimensionIndex(
    linesOf(10, (i) => [`P-${i}`, 'Kettle', 'Kitchen', 'S-1', '2.50']),
    { shared },
  );
  const customers = await buildDimensionIndex(
    linesOf(1000, (i) => [`C-${i}`, 'Gold']),
    { shared },
  );
  const outcome = await readDelivery(
    { fileNo: 3, landed, committed: [] },
    {
      landing,
      unpacker: new ZlibUnpacker(),
      policy: parsePolicy(),
      workers,
      openTarget: async () => ({ products, customers, writer }),
    },
  );
  return { outcome, rows: Buffer.concat(rows).toString(), rejects: Buffer.concat(rejects).toString() };
}

describe('threads that read rows', () => {
  let workers: ThreadRowWorkers | undefined;
  afterEach(() => workers?.close());

  test.each([
    { count: 1, shared: true },
    { count: 3, shared: true },
    { count: 2, shared: false },
  ])('write the lines of one thread: $count of them, dimensions shared: $shared', async ({ count, shared }) => {
    const text = writeText();
    workers = new ThreadRowWorkers(count, 0);
    const threaded = await read(text, shared, workers);
    expect(threaded).toEqual(await read(text, false, undefined));
    expect(threaded.outcome).toMatchObject({ kind: 'staged', file: { status: 'loaded', read: 25_000 } });
  });

  test('that are gone fail the run with a fault that may pass', async () => {
    const gone = new ThreadRowWorkers(2, 0);
    const reading = read(writeText(), true, gone, () => void gone.close());
    await expect(reading).rejects.toMatchObject({ code: 'workers.failed', retryable: true });
  });
});
