import { createHash } from 'node:crypto';
import type { Fact, FactReader } from '@weir/core';

export interface FactsDigest {
  readonly facts: number;
  /** Hexadecimal, over all facts in the byte order of transaction_id. */
  readonly sha256: string;
}

const FIELDS = [
  'transaction_id',
  'customer_id',
  'product_id',
  'quantity',
  'price',
  'transaction_date',
  'payment_type',
  'status',
  'total_amount',
  'amount_class',
  'product_name',
  'category',
  'supplier_id',
  'list_price',
  'membership_level',
] as const satisfies readonly (keyof Fact)[];

/** What tells two fact tables apart, in 64 digits; the answer key of generated data holds the same. */
export async function digestFacts(reader: Pick<FactReader, 'facts'>): Promise<FactsDigest> {
  const hash = createHash('sha256');
  let facts = 0;
  for await (const batch of reader.facts()) {
    facts += batch.length;
    hash.update(batch.map((fact) => `${FIELDS.map((field) => fact[field]).join('\x1f')}\n`).join(''));
  }
  return { facts, sha256: hash.digest('hex') };
}
