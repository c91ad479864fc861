import { randomUUID } from 'node:crypto';
import { ServiceFault } from '../../server/service.ts';
import type { RedshiftRequest } from './redshift-request.ts';
import { isOver, type StatementRecord, type StatementStatus } from './statement-record.ts';

const HOUR = 3_600_000;
const RESULTS_LIVE = 24 * HOUR;
const TOKENS_LIVE = 8 * HOUR;

export interface StoreOptions {
  readonly now: () => number;
  /** Statements that may be on their way at once. */
  readonly most: number;
}

/** Remembers statements and their results for a day, and tokens for eight hours. */
export class StatementStore {
  readonly #options: StoreOptions;
  readonly #records = new Map<string, StatementRecord>();
  readonly #tokens = new Map<string, { readonly id: string; readonly expiresAt: number }>();
  #queries = 1000;

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  /**
   * What an earlier call with the token has begun; undefined where there was none.
   *
   * AWS does not say what a token with another statement gives: here it gives the first one.
   */
  findByToken(token: string | undefined, caller: string): StatementRecord | undefined {
    const known = token === undefined ? undefined : this.#tokens.get(`${caller}\0${token}`);
    if (known === undefined || known.expiresAt <= this.#options.now()) return undefined;
    return this.#records.get(known.id);
  }

  /** @throws ServiceFault `ActiveStatementsExceededException` */
  add(request: RedshiftRequest, caller: string, sessionId: string | undefined): StatementRecord {
    const { now, most } = this.#options;
    const active = [...this.#records.values()].filter(({ status }) => !isOver(status)).length;
    if (active >= most)
      throw new ServiceFault(
        'ActiveStatementsExceededException',
        `Active statements exceeded the allowed quota (${most}).`,
      );
    const id = randomUUID();
    const at = now();
    const record: StatementRecord = {
      ...{ id, request, caller, sessionId, createdAt: at, updatedAt: at, startedAt: at },
      ...{ status: 'SUBMITTED', error: undefined, pid: 0, isCancelled: false, isResultLost: false },
      parts: request.sqls.map((sql, i) => ({
        ...{ id: request.isBatch ? `${id}:${i + 1}` : id, sql, status: 'SUBMITTED', error: undefined },
        ...{ rows: -1, result: undefined, queryId: -1, startedAt: at, updatedAt: at },
      })),
    };
    this.#records.set(id, record);
    if (request.token !== undefined)
      this.#tokens.set(`${caller}\0${request.token}`, { id, expiresAt: at + TOKENS_LIVE });
    return record;
  }

  /** @throws ServiceFault `ResourceNotFoundException`, also where another caller began it */
  read(id: unknown, caller: string): StatementRecord {
    const record = this.#records.get(String(id).replace(/:\d+$/, ''));
    if (record === undefined || record.caller !== caller || record.createdAt + RESULTS_LIVE <= this.#options.now())
      throw new ServiceFault('ResourceNotFoundException', 'Query does not exist.', 400, {
        fields: { ResourceId: String(id) },
      });
    return record;
  }

  /** Newest first. */
  list(caller: string): readonly StatementRecord[] {
    const oldest = this.#options.now() - RESULTS_LIVE;
    return [...this.#records.values()].filter((r) => r.caller === caller && r.createdAt > oldest).reverse();
  }

  all(): Iterable<StatementRecord> {
    return this.#records.values();
  }

  nextQueryId(): number {
    return ++this.#queries;
  }

  /** Moves a statement or a part of it on. What is over stays as it is. */
  mark(
    target: { status: StatementStatus; error: string | undefined; updatedAt: number },
    status: StatementStatus,
    error?: string,
  ): void {
    if (isOver(target.status)) return;
    target.status = status;
    target.error = error;
    target.updatedAt = this.#options.now();
  }
}
