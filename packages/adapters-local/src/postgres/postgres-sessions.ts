import type { Statement, TextRow } from '@weir/warehouse-sql';
import pg, { type Pool, type PoolClient } from 'pg';
import { toPortError } from './postgres-error.ts';

export interface StatementResult {
  readonly rows: readonly TextRow[];
  /** Rows read or touched. */
  readonly count: number;
}

/** One connection, to be ended by its holder. */
export interface Session {
  readonly client: PoolClient;
  run(statement: Pick<Statement, 'text' | 'parameters'>): Promise<StatementResult>;
  execute(text: string): Promise<void>;
  /** Gives the connection back, or closes it where its state is not known to be clean. More than once if need be. */
  end(isClean: boolean): void;
}

/** Hands out connections of a pool, and faults in the words of the ports. */
export class PostgresSessions {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** `host:port/database`. */
  get location(): string {
    const { host, port, database } = new pg.Client(this.#pool.options);
    return `${host}:${port}/${database}`;
  }

  /**
   * @param doing for the message of an error, such as `reading dim_products`
   * @throws PortError; what `use` throws by itself is passed on
   */
  async use<T>(doing: string, use: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.open(doing);
    let isClean = false;
    try {
      const result = await use(session);
      isClean = true;
      return result;
    } catch (error) {
      throw this.translate(error, doing);
    } finally {
      session.end(isClean);
    }
  }

  /** @throws PortError */
  async open(doing: string): Promise<Session> {
    try {
      return toSession(await this.#pool.connect());
    } catch (error) {
      throw this.translate(error, doing);
    }
  }

  translate(error: unknown, doing: string): unknown {
    return toPortError(error, { doing, location: this.location });
  }
}

const TEXT_ONLY = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig;

function toSession(client: PoolClient): Session {
  // A connection that breaks between two statements says so here; the next statement fails with it.
  const ignore = () => undefined;
  client.on('error', ignore);
  let isEnded = false;
  return {
    client,
    run: async ({ text, parameters }) => {
      const values = parameters.map(({ value }) => value);
      const { rows, rowCount } = await client.query({ text, values, types: TEXT_ONLY });
      return { rows, count: rowCount ?? 0 };
    },
    execute: async (text) => {
      await client.query(text);
    },
    end: (isClean) => {
      if (isEnded) return;
      isEnded = true;
      // The listener stays on a connection that is torn down: it may still break.
      if (isClean) client.off('error', ignore);
      client.release(!isClean);
    },
  };
}
