import { createRules, type Fault, type SourcedFact } from '@weir/core';
import { FACT_TABLE, lockWriters } from '@weir/warehouse-sql';
import type { Pool, PoolClient } from 'pg';

/** A transaction as it comes out of a stream, and where it stood there. */
export interface Message {
  readonly transaction: unknown;
  /** Topic and partition. */
  readonly topic: string;
  readonly offset: number;
  /** When it was written, in milliseconds since 1970-01-01 UTC. */
  readonly writtenAt: number;
}

export type Outcome =
  | { readonly kind: 'inserted' | 'updated' | 'unchanged' | 'stale' }
  | { readonly kind: 'rejected'; readonly faults: readonly Fault[] }
  | { readonly kind: 'malformed' };

const rules = createRules();
const CONTENT = [
  ...['transaction_id', 'customer_id', 'product_id', 'quantity', 'price', 'transaction_date', 'payment_type'],
  ...['status', 'status_rank', 'total_amount', 'amount_class', 'product_name', 'category', 'supplier_id'],
  ...['list_price', 'membership_level', 'source_key', 'source_day', 'source_line'],
] as const;

/**
 * Upserts a batch of messages into the fact table that the pipeline writes, in one transaction. What `decide` says is done:
 * in any order, and however often a message comes, the table is the same.
 */
export async function consumeTransactions(pool: Pool, messages: readonly Message[]): Promise<readonly Outcome[]> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // The pipeline's own lock: a file that is loaded at the same time waits, or is waited for.
    await client.query(lockWriters().text);
    const outcomes: Outcome[] = [];
    for (const message of messages) outcomes.push(await consume(client, message));
    await client.query('COMMIT');
    return outcomes;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function consume(client: PoolClient, message: Message): Promise<Outcome> {
  const validation = rules.validate(message.transaction);
  if (validation.kind !== 'valid') return validation;
  const { transaction } = validation;
  const enrichment = rules.enrich(transaction, {
    product: await findOne(client, 'SELECT * FROM dim_products WHERE product_id = $1', transaction.product_id),
    customer: await findOne(client, 'SELECT * FROM dim_customers WHERE customer_id = $1', transaction.customer_id),
  });
  if (enrichment.kind === 'rejected') return enrichment;
  const incoming: SourcedFact = {
    ...enrichment.transaction,
    source_key: message.topic,
    source_day: new Date(message.writtenAt).toISOString().slice(0, 10),
    source_modified: message.writtenAt,
    source_line: message.offset,
  };
  const stored = await findOne<SourcedFact>(client, SELECT_FACT, transaction.transaction_id);
  const { verdict, advancesVersion } = rules.decide(stored && withNumbers(stored), incoming);
  if (advancesVersion) await client.query(UPSERT, [...CONTENT.map((column) => incoming[column]), message.writtenAt]);
  return { kind: verdict };
}

/** Days as text and times as milliseconds: as `decide` compares them, in no local time. */
const SELECT_FACT = `SELECT *, transaction_date::text AS transaction_date, source_day::text AS source_day,
  ROUND(EXTRACT(EPOCH FROM source_modified) * 1000) AS source_modified
FROM ${FACT_TABLE.name} WHERE transaction_id = $1`;

const UPSERT = `INSERT INTO ${FACT_TABLE.name} (${CONTENT.join(', ')}, source_modified, run_id, first_loaded_at, updated_at)
SELECT ${CONTENT.map((_, i) => `$${i + 1}`).join(', ')}, t.modified, 'stream', LOCALTIMESTAMP(3), LOCALTIMESTAMP(3)
FROM (SELECT TO_TIMESTAMP($${CONTENT.length + 1}::bigint / 1000.0) AT TIME ZONE 'UTC' AS modified) t
ON CONFLICT (transaction_id) DO UPDATE SET ${[...CONTENT.slice(1), 'source_modified', 'run_id', 'updated_at']
  .map((column) => `${column} = EXCLUDED.${column}`)
  .join(', ')}`;

async function findOne<Row extends object>(client: PoolClient, text: string, id: string): Promise<Row | undefined> {
  return (await client.query<Row>(text, [id])).rows[0];
}

/** The driver gives numbers that may be large as text. */
function withNumbers(fact: SourcedFact): SourcedFact {
  return { ...fact, source_modified: Number(fact.source_modified), source_line: Number(fact.source_line) };
}
