import { expect, test } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { handler } from './check-upload.ts';

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';
const KEY = 'transactions/year=2023/month=03/day=15/a.csv';

async function check(csv: string, key?: string) {
  const event = { body: Buffer.from(csv).toString('base64'), isBase64Encoded: true, queryStringParameters: { key } };
  const { statusCode, body } = await handler(event as unknown as APIGatewayProxyEventV2);
  return { statusCode, body: JSON.parse(body!) };
}

test('tells that a file is good', async () => {
  expect(await check(`${HEADER}\nT-1,C-1,P-1,2,19.99,2023-03-15,Cash,Completed\n`, KEY)).toEqual({
    statusCode: 200,
    body: { status: 'good', read: 1, rejected: 0, rejects: [] },
  });
});

test('tells the line and the codes of each row that would be rejected', async () => {
  const csv = `${HEADER}\nT-1,C-1,P-1,0,x,2023-03-15,Cash,Completed\nT-2,C-1,P-1,1,1,2023-03-17,Cash,Completed\n`;
  expect((await check(csv, KEY)).body).toEqual({
    status: 'has-rejects',
    read: 2,
    rejected: 2,
    rejects: [
      { line: 2, codes: ['quantity-not-positive', 'price-not-a-decimal'] },
      { line: 3, codes: ['date-after-file-day'] },
    ],
  });
});

test('tells why a file as a whole would be refused', async () => {
  expect(await check('a,b\n1,2\n')).toMatchObject({ statusCode: 422, body: { code: 'header-missing-column' } });
});

test('tells of the first hundred rejects, and counts all', async () => {
  const { body } = await check(`${HEADER}\n${'x\n'.repeat(150)}`);
  expect([body.rejected, body.rejects.length]).toEqual([150, 100]);
});
