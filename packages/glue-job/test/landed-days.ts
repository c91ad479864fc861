import type { LandedFile } from '@weir/core';
import type { SimulatedRun } from './simulated-run.ts';

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';

/** Days of very different sizes; every thirteenth row is rejected, later days change rows of earlier ones, one is empty. */
export async function landDays(run: SimulatedRun, count: number): Promise<LandedFile[]> {
  const files: LandedFile[] = [];
  for (let no = 1; no <= count; no++) files.push(await run.put(keyOf(no), contentOf(no)));
  return files;
}

export function keyOf(no: number): string {
  return `transactions/year=2023/month=03/day=1${no}/transactions_2023-03-1${no}.csv`;
}

function contentOf(no: number): string {
  if (no === 4) return HEADER;
  const rows = Array.from({ length: 30 * no }, (_, i) => {
    const quantity = i % 13 === 0 ? 0 : 1 + (i % 5);
    return `T-${i},C-${1 + (i % 2)},P-${1 + (i % 2)},${quantity},${i % 90}.99,2023-03-1${no},Cash,Completed`;
  });
  return [HEADER, ...rows, ''].join('\n');
}
