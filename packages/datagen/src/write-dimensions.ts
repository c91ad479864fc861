import { join } from 'node:path';
import { FileSink } from './file-sink.ts';
import type { Shop } from './purchase.ts';

const SLICE = 16_384;

/** Writes `products.csv` and `customers.csv` into `folder`; `modified` is in milliseconds since 1970. */
export function writeDimensions(folder: string, shop: Shop, modified: number): void {
  const products = new FileSink({ path: join(folder, 'products.csv'), modified });
  products.text('product_id,product_name,category,price,supplier_id\n');
  const { lines } = shop.catalog;
  for (let at = 0; at < lines.length; at += SLICE) products.text(lines.slice(at, at + SLICE));
  products.close();
  const customers = new FileSink({ path: join(folder, 'customers.csv'), modified });
  customers.text('customer_id,first_name,last_name,email,membership_level\n');
  for (let index = 0; index < shop.customers.count; index++) customers.text(shop.customers.line(index));
  customers.close();
}
