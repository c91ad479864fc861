import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildDimensionIndex, type DimensionIndex, encodeStagedLine, parsePolicy, RowPath } from '@weir/core';
import { decodeStagedRejects } from '@weir/core/testing';
import { createCheckoutService } from './checkout-service.ts';

const GOOD = {
  transaction_id: 'T-1',
  customer_id: 'C-1',
  product_id: 'P-1',
  quantity: 2,
  price: '19.99',
  transaction_date: '2023-03-15',
  payment_type: 'paypal',
  status: 'Completed',
};

const service = createCheckoutService({
  findProduct: async (id) =>
    id === 'P-1' ? { product_name: 'Kettle', category: 'Kitchen', supplier_id: 'S-1', price: '21.50' } : undefined,
  findCustomer: async (id) => (id === 'C-1' ? { membership_level: 'Gold' } : undefined),
});
let url = '';
beforeAll(async () => {
  await once(service.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/transactions`;
});
afterAll(() => void service.close());

async function post(body: string) {
  const response = await fetch(url, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as { faults?: { code: string }[] } };
}

test('takes a good transaction and answers with what the fact table would hold', async () => {
  expect(await post(JSON.stringify(GOOD))).toMatchObject({
    status: 201,
    body: { payment_type: 'PayPal', total_amount: '39.98', amount_class: 'Small', list_price: '21.50' },
  });
});

test.each([
  { quantity: 0 },
  { price: '1.999', status: 'Lost' },
  { transaction_date: '2023-02-29', customer_id: ' ' },
  { product_id: 'P-9', customer_id: 'C-9' },
  { transaction_id: 'x'.repeat(65), payment_type: null },
])('refuses what the pipeline rejects, with its codes: %j', async (values) => {
  const { status, body } = await post(JSON.stringify({ ...GOOD, ...values }));
  expect([status, body.faults?.map(({ code }) => code)]).toEqual([422, await codesOfPipeline({ ...GOOD, ...values })]);
});

test.each([['no JSON'], ['null'], ['{"quantity":true}']])('calls %s malformed', async (body) => {
  expect((await post(body)).status).toBe(400);
});

test('takes no more than a transaction is long', async () => {
  expect((await post(`"${'x'.repeat(20_000)}"`)).status).toBe(413);
});

test('knows one way in', async () => {
  expect((await fetch(url)).status).toBe(404);
});

/** The same row in a file, through the row path of the pipeline. */
async function codesOfPipeline(row: Record<string, unknown>): Promise<string[]> {
  const path = new RowPath({
    policy: parsePolicy(),
    fileNo: 1,
    fileDay: undefined,
    products: await indexOf('P-1', 'Kettle', 'Kitchen', 'S-1', '21.50'),
    customers: await indexOf('C-1', 'Gold'),
  });
  path.push(Buffer.from(`${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`));
  path.end();
  return path
    .takeRejects(true)
    .flatMap(decodeStagedRejects)
    .flatMap(({ faults }) => faults.map(({ code }) => code));
}

function indexOf(...values: string[]): Promise<DimensionIndex> {
  return buildDimensionIndex(
    (async function* () {
      yield encodeStagedLine(values);
    })(),
  );
}
