import type { ReaderOptions } from '@weir/warehouse-sql';
import type { PostgresSessions } from './postgres-sessions.ts';

/** A question a connection: between two of them none is held. */
export function askPostgres(sessions: PostgresSessions): ReaderOptions {
  return {
    dialect: 'postgres',
    ask: (statement, doing) => sessions.use(doing, async (session) => (await session.run(statement)).rows),
  };
}
