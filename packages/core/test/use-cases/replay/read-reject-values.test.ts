import { expect, test } from '@jest/globals';
import { readRejectValues } from '../../../src/index.ts';
import { HEADER, row } from '../../support/world.ts';

const KEPT = { header: HEADER, rawEncoding: 'text', isTruncated: false } as const;
const read = (rawRecord: string, rest: object = {}) => readRejectValues({ ...KEPT, rawRecord, ...rest });

test('tells the values of a rejected record by column, without quotes and the blanks around them', () => {
  expect(read(' T-1 ,"C-1"" é\n2",\tP-1,-2,1e3,"2023-02-30",,Lost ')).toEqual({
    transaction_id: 'T-1',
    customer_id: 'C-1" é\n2',
    product_id: 'P-1',
    quantity: '-2',
    price: '1e3',
    transaction_date: '2023-02-30',
    payment_type: '',
    status: 'Lost',
  });
});

test('goes by the header of its delivery: other orders, other columns', () => {
  const header = 'note,STATUS,"quantity",price,transaction_date,payment_type,product_id,customer_id,transaction_id';
  expect(read('hi,Lost,2,9.99,2023-03-15,Cash,P-1,C-1,T-1', { header })).toMatchObject({
    status: 'Lost',
    quantity: '2',
    transaction_id: 'T-1',
  });
});

test('knows a value that is longer than any column takes', () => {
  const long = 'x'.repeat(70_000);
  expect(read(row(`"${long}\n"`))?.transaction_id).toBe(`${long}\n`);
});

test.each([
  ['has too few fields', 'T-1,C-1', {}],
  ['has a quote that does not close', `"${row('T-1')}`, {}],
  ['was not kept whole', row('T-1'), { isTruncated: true }],
  ['was not kept as text', 'AP/+', { rawEncoding: 'base64' }],
  ['has no header', row('T-1'), { header: '' }],
  ['holds two rows', `${row('T-1')}\n${row('T-2')}`, {}],
])('tells no values where the record %s', (_, record, rest) => {
  expect(read(record, rest)).toBeUndefined();
});
