import { gzipSync } from 'node:zlib';
import type { ShopFile } from '../command/shop-folder.ts';

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';
const row = (id: string, quantity: number, day: string, status = 'Completed') =>
  `${id},C1,P1,${quantity},4.50,2023-03-${day},Cash,${status}`;
const csv = (...rows: readonly string[]) => `${[HEADER, ...rows].join('\n')}\n`;

function file(day: string, name: string, content: string | Uint8Array): ShopFile {
  const key = `transactions/year=2023/month=03/day=${day}/${name}`;
  return { key, content, modifiedAt: new Date(`2023-03-${day}T23:10:00Z`) };
}

export const PRODUCTS = 'product_id,product_name,category,price,supplier_id\nP1,Mug,Kitchen,4.50,S1\n';
/** Nobody's data, and to be found nowhere but in the table of customers. */
export const CANARIES = ['Canaria', 'Vogelsang', 'canary@example.org'] as const;
export const CUSTOMERS = `customer_id,first_name,last_name,email,membership_level\nC1,${CANARIES},Gold\n`;

/** What was loaded before. */
export const HISTORY: readonly ShopFile[] = [
  file('14', 'transactions_2023-03-14.csv', csv(row('T-1', 1, '14'), row('T-2', 1, '14'))),
  file('15', 'transactions_2023-03-15.csv', csv(row('T-3', 1, '15'), row('T-4', 1, '15'))),
];

/** What waits: a correction of a loaded file, a packed one with a stale, a double and a bad row, and one that is refused. */
export const WAITING: readonly ShopFile[] = [
  {
    ...file('14', 'transactions_2023-03-14.csv', csv(row('T-1', 3, '14'), row('T-2', 1, '14'))),
    modifiedAt: new Date('2023-03-16T01:00:00Z'),
  },
  file(
    '16',
    'transactions_2023-03-16.csv.gz',
    gzipSync(
      csv(
        row('T-3', 1, '15', 'Refunded'),
        row('T-4', 9, '13'),
        row('T-5', 1, '16'),
        row('T-5', 2, '16'),
        row('T-6', 0, '16'),
      ),
    ),
  ),
  file('17', 'transactions_2023-03-17.csv', 'not,ours\n1,2\n'),
];
