import type { ShopFile } from './shop-folder.ts';

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';

export interface ShopRow {
  readonly id: string;
  /** 0 is rejected. */
  readonly quantity: number;
  /** Of March 2023. */
  readonly day: string;
  readonly product?: string;
  readonly status?: string;
}

export function csv(...rows: readonly ShopRow[]): string {
  const lines = rows.map(
    ({ id, quantity, day, product = 'P1', status = 'Completed' }) =>
      `${id},C1,${product},${quantity},4.50,2023-03-${day},Cash,${status}`,
  );
  return `${[HEADER, ...lines].join('\n')}\n`;
}

/** A file of a day of March 2023, modified late that day. */
export function dayFile(day: string, content: string | Uint8Array, ending = '.csv'): ShopFile {
  const key = `transactions/year=2023/month=03/day=${day}/transactions_2023-03-${day}${ending}`;
  return { key, content, modifiedAt: new Date(`2023-03-${day}T23:10:00Z`) };
}

/** The product and the customer of the rows. */
export const PRODUCTS = 'product_id,product_name,category,price,supplier_id\nP1,Mug,Kitchen,4.50,S1\n';
/** Nobody's data, and to be found nowhere but in the table of customers. */
export const CANARIES = ['Canaria', 'Vogelsang', 'canary@example.org'] as const;
export const CUSTOMERS = `customer_id,first_name,last_name,email,membership_level\nC1,${CANARIES},Gold\n`;
