import type { Statement } from '@weir/warehouse-sql';
import { to } from 'pg-copy-streams';
import type { PostgresSessions } from './postgres-sessions.ts';
import { RESET_FROM_WHOLE_TABLES, SET_FOR_WHOLE_TABLES } from './whole-tables.ts';

/**
 * The result of a query as staged text, in chunks that are cut anywhere: one statement, so one state of the tables, and
 * never more in memory than some chunks. A reader may stop early.
 *
 * @throws PortError
 */
export async function* copyOut(
  sessions: PostgresSessions,
  query: Statement,
  doing: string,
): AsyncGenerator<Uint8Array> {
  const session = await sessions.open(doing);
  let isClean = false;
  try {
    // How long the reader takes between two chunks is none of the server's business.
    await session.execute(SET_FOR_WHOLE_TABLES);
    const stream = session.client.query(to(`COPY (${query.text}) TO STDOUT`));
    stream.on('error', () => undefined);
    for await (const chunk of stream) yield chunk as Uint8Array;
    await session.execute(RESET_FROM_WHOLE_TABLES);
    isClean = true;
  } catch (error) {
    throw sessions.translate(error, doing);
  } finally {
    session.end(isClean);
  }
}
