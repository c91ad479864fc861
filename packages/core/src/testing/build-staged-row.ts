import type { Fact } from '../ports/fact-reader.port.ts';
import { STAGED_ROW_COLUMNS } from '../staging/stage-columns.ts';
import { encodeStagedLine } from '../staging/staged-text.ts';

/** One staged row by the names of its columns; decimals are digits with two places. */
export interface StagedRow extends Omit<Fact, 'source_key' | 'source_day' | 'source_modified' | 'run_id'> {
  readonly file_no: number;
}

const LIFECYCLE = ['Pending', 'Failed', 'Completed', 'Cancelled', 'Refunded'];

/** A row that is valid under the default policy; what is not given follows from what is given. */
export function buildStagedRow(values: Partial<StagedRow> = {}): StagedRow {
  const quantity = values.quantity ?? 2;
  const price = values.price ?? '19.99';
  const status = values.status ?? 'Completed';
  return {
    file_no: 1,
    source_line: 2,
    transaction_id: 'T-1',
    customer_id: 'C-1',
    product_id: 'P-1',
    quantity,
    price,
    transaction_date: '2023-03-14',
    payment_type: 'PayPal',
    status,
    status_rank: LIFECYCLE.indexOf(status) + 1,
    total_amount: multiply(price, quantity),
    amount_class: 'Small',
    product_name: 'Kettle',
    category: 'Kitchen',
    supplier_id: 'S-1',
    list_price: '21.50',
    membership_level: 'Gold',
    ...values,
  };
}

export function encodeStagedRow(row: StagedRow): Uint8Array {
  return encodeStagedLine(STAGED_ROW_COLUMNS.map((column) => row[column]));
}

function multiply(price: string, quantity: number): string {
  const [whole, cents = ''] = price.split('.');
  const total = String(BigInt(whole! + cents.padEnd(2, '0')) * BigInt(quantity)).padStart(3, '0');
  return `${total.slice(0, -2)}.${total.slice(-2)}`;
}
