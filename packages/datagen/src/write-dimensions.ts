import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { FileSink } from './file-sink.ts';
import type { Shop } from './purchase.ts';

const SLICE = 16_384;

/** Writes `products.csv` and `customers.csv` into `folder`; `modified` is in milliseconds since 1970. */
export async function writeDimensions(
  folder: string,
  { catalog, customers }: Shop,
  modified: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const products = new FileSink({ path: join(folder, 'products.csv'), modified });
  const people = new FileSink({ path: join(folder, 'customers.csv'), modified });
  try {
    products.text('product_id,product_name,category,price,supplier_id\n');
    for (let at = 0; at < catalog.lines.length; at += SLICE) products.text(catalog.lines.slice(at, at + SLICE));
    products.close();
    people.text('customer_id,first_name,last_name,email,membership_level\n');
    for (let index = 0; index < customers.count; index++) {
      people.text(customers.line(index));
      if (index % SLICE > 0) continue;
      await setImmediate();
      signal?.throwIfAborted();
    }
    people.close();
  } finally {
    products.discard();
    people.discard();
  }
}
