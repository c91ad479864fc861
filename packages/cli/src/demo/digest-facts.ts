import { createHash } from 'node:crypto';
import { CONTENT_COLUMNS, type Fact, type FactReader } from '@weir/core';

export interface FactsDigest {
  readonly facts: number;
  /** Hexadecimal, over all facts in the byte order of transaction_id. */
  readonly sha256: string;
}

const FIELDS = ['transaction_id', ...CONTENT_COLUMNS] as const satisfies readonly (keyof Fact)[];

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
