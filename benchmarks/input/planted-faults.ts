import type { Random } from './random.ts';

export const COLUMNS = [
  'transaction_id',
  'customer_id',
  'product_id',
  'quantity',
  'price',
  'transaction_date',
  'payment_type',
  'status',
] as const;

type Values = Partial<Record<(typeof COLUMNS)[number], string>>;

const LONG_ID = 'ü'.repeat(35);

/** A way to break each rule about a value; the damaged records of `row-*` are left out, the peers would not read past them. */
const FAULTS: readonly Values[] = [
  { transaction_id: '' },
  { transaction_id: '  ' },
  { transaction_id: LONG_ID },
  { customer_id: '' },
  { customer_id: LONG_ID },
  { customer_id: 'nobody' },
  { customer_id: '0000000' },
  { product_id: '' },
  { product_id: LONG_ID },
  { product_id: 'NOTHING' },
  { product_id: 'P-0' },
  { quantity: 'two' },
  { quantity: '1.5' },
  { quantity: '' },
  { quantity: '0' },
  { quantity: '-3' },
  { quantity: '3000000000' },
  { price: 'n/a' },
  { price: '$5.00' },
  { price: '1e3' },
  { price: '12,50' },
  { price: '-5.00' },
  { price: '9.999' },
  { price: '12345678901.00' },
  { transaction_date: '2023-02-30' },
  { transaction_date: '15/03/2023' },
  { transaction_date: '' },
  { transaction_date: '2024-06-01' },
  { payment_type: 'Cheque' },
  { status: 'Lost' },
  { quantity: '2000000000', price: '9999999999.99' },
];

/** Puts one fault into a row, now and then a second one. */
export function plantFault(row: string[], random: Random): void {
  const faults = random.chance(0.1) ? [random.oneOf(FAULTS), random.oneOf(FAULTS)] : [random.oneOf(FAULTS)];
  for (const fault of faults) {
    COLUMNS.forEach((column, place) => {
      row[place] = fault[column] ?? row[place]!;
    });
  }
}
