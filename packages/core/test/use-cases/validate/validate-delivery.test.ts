import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../src/index.ts';
import type { LandedFile } from '../../../src/ports/landing-zone.port.ts';
import { InMemoryLandingZone, InMemoryRowWorkers } from '../../../src/testing/index.ts';
import { findHeader } from '../../../src/use-cases/validate/find-header.ts';
import type { FoundFault } from '../../../src/use-cases/validate/found-fault.ts';
import { type ValidationSurroundings, validateDelivery } from '../../../src/use-cases/validate/validate-delivery.ts';
import { CUSTOMERS, indexOf, PRODUCTS } from '../../support/dimensions.ts';
import { cutEvery } from '../../support/read-csv.ts';
import { csv, HEADER, keyOf, row, unpacker } from '../../support/world.ts';

const KEY = keyOf('2023-03-15');

async function validate(
  content: string | Uint8Array,
  { key = KEY, ...given }: Partial<ValidationSurroundings> & { readonly key?: string } = {},
) {
  const landing = new InMemoryLandingZone();
  const landed = landing.put(key, content);
  return await validateLanded(landing, landed, given);
}

async function validateLanded(
  landing: InMemoryLandingZone,
  landed: LandedFile,
  given: Partial<ValidationSurroundings> = {},
) {
  const faults: FoundFault[] = [];
  const onFaults = (some: readonly FoundFault[]) => faults.push(...some);
  const surroundings = { landing, unpacker, policy: parsePolicy(), mostFaults: Number.POSITIVE_INFINITY, ...given };
  const read = await validateDelivery(landed, { ...surroundings, onFaults });
  return { read, faults, places: faults.map(({ line, column, value, code }) => [line, column, value, code]) };
}

describe('a file is validated', () => {
  test('and every fault of every row is told with its line, column, value and rule', async () => {
    const { read, faults, places } = await validate(
      csv(
        row('T-1'),
        'T-2,,P-1,1.5,-3.001,2023-02-30,Cheque,Completed',
        '',
        `"T-3",C-1,P-1,2147483647,9999999999.99,2023-03-17,"Cash ""now""",Done`,
      ),
    );
    expect(places).toEqual([
      [3, 'customer_id', '', 'customer-id-blank'],
      [3, 'quantity', '1.5', 'quantity-not-an-integer'],
      [3, 'price', '-3.001', 'price-negative'],
      [3, 'price', '-3.001', 'price-too-many-decimals'],
      [3, 'transaction_date', '2023-02-30', 'date-not-a-date'],
      [3, 'payment_type', 'Cheque', 'payment-type-unknown'],
      [5, 'transaction_date', '2023-03-17', 'date-after-file-day'],
      [5, 'payment_type', 'Cash "now"', 'payment-type-unknown'],
      [5, 'status', 'Done', 'status-unknown'],
      [5, 'total_amount', '2147483647 x 9999999999.99', 'total-too-large'],
    ]);
    expect(faults[0]?.message).toBe('the customer id is empty');
    expect(read).toMatchObject({ kind: 'staged', file: { read: 3, rejected: 2, blankLines: 1, status: 'loaded' } });
  });

  test('and a fault of a whole record is told with the beginning of that', async () => {
    const long = `T-4,${'x'.repeat(400)}`;
    const bytes = Buffer.concat([Buffer.from(csv('T-2,"open', long)), Buffer.from([0x54, 0xff, 0x0a])]);
    const { places } = await validate(bytes);
    expect(places).toEqual([
      [2, '', 'T-2,"open', 'row-quoting'],
      [3, '', `${long.slice(0, 200)}…`, 'row-field-count'],
      [4, '', undefined, 'row-encoding'],
    ]);
  });

  test('and columns are found by the names in its header, among others', async () => {
    const { places } = await validate(
      ' Status , note,PRICE,quantity,transaction_id,product_id,customer_id,payment_type,transaction_date\n' +
        'Completed,"a, b",1,none,T-1,P-1,C-1,Cash,2023-03-15\n',
    );
    expect(places).toEqual([[2, 'quantity', 'none', 'quantity-not-an-integer']]);
  });

  test('and a value that lies beyond what is kept of a long record is not told', async () => {
    const header = `note,${HEADER}`;
    const { places } = await validate(`${header}\n${'n'.repeat(60_000)},${row('T-1', { quantity: 0 })}\n`);
    expect(places).toEqual([[2, 'quantity', undefined, 'quantity-not-positive']]);
  });

  test('also where a record stands over several lines', async () => {
    const { places } = await validate(csv('"T\n-1",C-1,P-1,0,1,2023-03-15,Cash,Pending', row('T-2', { quantity: -1 })));
    expect(places).toEqual([
      [2, 'quantity', '0', 'quantity-not-positive'],
      [4, 'quantity', '-1', 'quantity-not-positive'],
    ]);
  });

  test('from gzip as from plain text', async () => {
    const { places } = await validate(gzipSync(csv(row('T-1', { quantity: 0 }))), { key: `${KEY}.gz` });
    expect(places).toEqual([[2, 'quantity', '0', 'quantity-not-positive']]);
  });

  test('by several workers as by one', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => row(`T-${i}`, { quantity: i % 5000 === 0 ? -i : 1 }));
    const [one, many] = [
      await validate(csv(...rows)),
      await validate(csv(...rows), { workers: new InMemoryRowWorkers(3) }),
    ];
    expect(one.places).toHaveLength(12);
    expect(many.places).toEqual(one.places);
    expect(many.read).toEqual(one.read);
  });

  test('and only the first faults are told where there may be many; all are counted', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => row(`T-${i}`, { quantity: 0, status: 'Odd' }));
    const { read, places } = await validate(csv(...rows), { mostFaults: 3 });
    expect(places).toEqual([
      [2, 'quantity', '0', 'quantity-not-positive'],
      [2, 'status', 'Odd', 'status-unknown'],
      [3, 'quantity', '0', 'quantity-not-positive'],
    ]);
    expect(read).toMatchObject({ file: { rejectsByCode: { 'quantity-not-positive': 5000, 'status-unknown': 5000 } } });
    expect((await validate(csv(...rows), { mostFaults: 0 })).places).toEqual([]);
  });
});

describe('ids are looked up', () => {
  const content = csv('T-1,C-9,P-9,1,1,2023-03-15,Cash,Pending');

  test('not at all without dimensions', async () => {
    const { read, places } = await validate(content);
    expect(places).toEqual([]);
    expect(read).toMatchObject({ file: { read: 1, rejected: 0 } });
  });

  test('in those that are given', async () => {
    const [products, customers] = await Promise.all([indexOf(PRODUCTS), indexOf(CUSTOMERS)]);
    const product = [2, 'product_id', 'P-9', 'product-unknown'];
    const customer = [2, 'customer_id', 'C-9', 'customer-unknown'];
    expect((await validate(content, { products })).places).toEqual([product]);
    expect((await validate(content, { customers })).places).toEqual([customer]);
    expect((await validate(content, { products, customers })).places).toEqual([product, customer]);
  });

  test('and an empty id is a fault all the same', async () => {
    const { places } = await validate(csv('T-1,,,1,1,2023-03-15,Cash,Pending'));
    expect(places.map((place) => place[3])).toEqual(['customer-id-blank', 'product-id-blank']);
  });
});

describe('a file that would be refused', () => {
  test('is told with its reason', async () => {
    const { read, places } = await validate('a,b\n1,2\n');
    expect(places).toEqual([]);
    expect(read).toMatchObject({ file: { status: 'refused', refusal: { code: 'header-missing-column' } } });
  });

  test('is told with its faults where it has too many', async () => {
    const policy = parsePolicy({ maxRejectRate: 0.1 });
    const { read, places } = await validate(csv(row('T-1', { quantity: 0 })), { policy });
    expect(places).toHaveLength(1);
    expect(read).toMatchObject({ file: { status: 'refused', refusal: { code: 'reject-rate-exceeded' } } });
  });

  test('is told with the faults before the place where it is damaged', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => row(`T-${i}-${Math.sin(i)}`, { quantity: 0 }));
    const packed = gzipSync(csv(...rows));
    const { read, places } = await validate(packed.subarray(0, packed.length / 2), { key: `${KEY}.gz` });
    expect(places.length).toBeGreaterThan(1000);
    expect(read).toMatchObject({ file: { status: 'refused', refusal: { code: 'file-not-text' } } });
  });
});

test('a file that is gone is failed', async () => {
  const landing = new InMemoryLandingZone();
  const landed = landing.put(KEY, csv(row('T-1')));
  landing.remove(KEY);
  const { read } = await validateLanded(landing, landed);
  expect(read).toMatchObject({ kind: 'failed', problem: { code: 'landing.not-found' } });
});

test('what the signal says ends it', async () => {
  const reason = new Error('enough');
  await expect(validate(csv(row('T-1')), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

describe('the header of a file', () => {
  const find = async (content: string) => {
    const landing = new InMemoryLandingZone();
    const landed = landing.put(KEY, content);
    const open: InMemoryLandingZone['open'] = async (file) => {
      const opened = await landing.open(file);
      return { ...opened, chunks: cutChunks(opened.chunks) };
    };
    return await findHeader(landed, { landing: { open }, unpacker, maxRecordBytes: 4096 });
  };

  test('is found however the file is cut', async () => {
    expect((await find(csv(row('T-1')))).text).toBe(HEADER);
  });

  test('is looked for in vain where there is none', async () => {
    await expect(find('')).rejects.toThrow(`${KEY} has rows, but no header.`);
  });
});

async function* cutChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield* cutEvery(chunk, 7);
}
