import { type AmountTotal, decodeStagedLines, type Fact, type FactReader, type TotalsQuery } from '@weir/core';
import { readFact, readTotals, selectFacts, selectTotals } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { copyOut } from './copy-out.ts';
import { PostgresSessions } from './postgres-sessions.ts';

const LF = 10;
/** A fact has at least some 70 bytes, so this is never more than some thousand facts. */
const BYTES_A_BATCH = 256 * 1024;

/** The fact table as one stream of one state. */
export class PostgresFactReader implements FactReader {
  readonly #sessions: PostgresSessions;

  constructor({ pool }: { readonly pool: Pool }) {
    this.#sessions = new PostgresSessions(pool);
  }

  async *facts(): AsyncIterable<readonly Fact[]> {
    for await (const lines of wholeLines(copyOut(this.#sessions, selectFacts('postgres'), 'reading facts'))) {
      yield decodeStagedLines(lines).map(readFact);
    }
  }

  async totals(query: TotalsQuery): Promise<readonly AmountTotal[]> {
    return this.#sessions.use('adding up amounts', async (session) => {
      return readTotals((await session.run(selectTotals(query, 'postgres'))).rows);
    });
  }
}

/** Joins chunks to batches that end with a line. A line feed inside a value comes as two other characters. */
async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    const end = chunk.lastIndexOf(LF) + 1;
    if (length < BYTES_A_BATCH || end === 0) continue;
    yield Buffer.concat([...parts.slice(0, -1), chunk.subarray(0, end)]);
    parts = [chunk.subarray(end)];
    length = chunk.length - end;
  }
  if (length > 0) yield Buffer.concat(parts);
}
