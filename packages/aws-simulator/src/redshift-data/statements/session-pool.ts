import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { ServiceFault } from '../../server/service.ts';
import { DatabaseFault } from '../database/database-fault.ts';
import type { RedshiftDatabase } from '../database/redshift-database.ts';
import { invalid, type RedshiftRequest } from './redshift-request.ts';
import type { StatementRecord } from './statement-record.ts';

interface KeptSession {
  readonly client: pg.Client;
  isBusy: boolean;
  seconds: number;
  expiresAt: number;
}

/** A session a statement, or one that lives on for the statements to come. */
export class SessionPool {
  readonly #database: RedshiftDatabase;
  readonly #now: () => number;
  readonly #kept = new Map<string, KeptSession>();

  constructor(database: RedshiftDatabase, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /**
   * The session that a call names, taken for it, or a new one that it wants to be kept; undefined where it wants neither.
   *
   * @throws ServiceFault `ValidationException` where it is gone or busy, or the sign-in is refused
   */
  async reserve({ sessionId, keepAliveSeconds, signIn }: RedshiftRequest): Promise<string | undefined> {
    if (sessionId === undefined) {
      if (keepAliveSeconds === undefined) return undefined;
      const id = randomUUID();
      const client = await this.#database.openSession(signIn).catch(tellRefusal);
      this.#kept.set(id, { client, isBusy: true, seconds: keepAliveSeconds, expiresAt: Number.POSITIVE_INFINITY });
      return id;
    }
    const session = this.#kept.get(sessionId);
    if (session === undefined || session.expiresAt <= this.#now())
      throw new ServiceFault('ResourceNotFoundException', 'Session does not exist.', 400, {
        fields: { ResourceId: sessionId },
      });
    if (session.isBusy) throw invalid('Session is not available. It runs another statement.');
    session.isBusy = true;
    session.seconds = keepAliveSeconds ?? session.seconds;
    return sessionId;
  }

  async use<T>({ sessionId, request }: StatementRecord, work: (session: pg.Client) => Promise<T>): Promise<T> {
    const kept = sessionId === undefined ? undefined : this.#kept.get(sessionId);
    if (kept === undefined) {
      const client = await this.#database.openSession(request.signIn);
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    }
    try {
      return await work(kept.client);
    } finally {
      kept.isBusy = false;
      kept.expiresAt = this.#now() + kept.seconds * 1000;
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#kept.values()].map(({ client }) => client.end().catch(() => undefined)));
  }
}

function tellRefusal(error: unknown): never {
  throw error instanceof DatabaseFault ? invalid(error.message) : error;
}
