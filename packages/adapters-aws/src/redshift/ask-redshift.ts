import type { ReaderOptions } from '@weir/warehouse-sql';
import type { DataApiSession } from './data-api-session.ts';

export function askRedshift(session: DataApiSession): ReaderOptions {
  return { dialect: 'redshift', ask: (statement, doing) => session.query(statement, doing) };
}
