import { jsonResponse, readJson } from '../server/encode-json.ts';
import {
  notImplemented,
  ServiceFault,
  type ServiceRequest,
  type ServiceResponse,
  type SimulatedService,
} from '../server/service.ts';
import type { SimulatorContext } from '../server/simulator-context.ts';
import { RedshiftDatabase } from './database/redshift-database.ts';
import type { RedshiftOptions } from './redshift-options.ts';
import { describeStatement, listedStatement, submittedStatement } from './statements/describe-statement.ts';
import { readPage } from './statements/read-page.ts';
import { RedshiftFaults } from './statements/redshift-faults.ts';
import { toRedshiftRequest, toWait } from './statements/redshift-request.ts';
import { SessionPool } from './statements/session-pool.ts';
import { isOver, type StatementRecord } from './statements/statement-record.ts';
import { StatementRunner } from './statements/statement-runner.ts';
import { StatementStore } from './statements/statement-store.ts';

type Input = Readonly<Record<string, unknown>>;

/** The Redshift Data API on a Postgres database. */
export class RedshiftDataService implements SimulatedService {
  readonly target = 'RedshiftData';
  readonly faults = new RedshiftFaults();
  readonly #context: SimulatorContext;
  readonly #options: RedshiftOptions;
  readonly #database: RedshiftDatabase;
  readonly #sessions: SessionPool;
  readonly #store: StatementStore;
  readonly #runner: StatementRunner;
  #waiting = 0;
  readonly #running = new Map<string, Promise<void>>();

  private constructor(context: SimulatorContext, options: RedshiftOptions, database: RedshiftDatabase) {
    const now = () => context.now().getTime();
    this.#context = context;
    this.#options = options;
    this.#database = database;
    this.#sessions = new SessionPool(database, now);
    this.#store = new StatementStore({ now, most: options.activeStatements ?? 500 });
    const { faults } = this;
    this.#runner = new StatementRunner({
      ...{ context, options, database, faults, sessions: this.#sessions, store: this.#store },
    });
  }

  static async open(context: SimulatorContext, options: RedshiftOptions): Promise<RedshiftDataService> {
    return new RedshiftDataService(
      context,
      options,
      await RedshiftDatabase.open(options.connectionString, context.administrators),
    );
  }

  /** Runs SQL of Postgres, at once and outside of the Data API: for tests that look at what was stored. */
  query<Row extends Record<string, unknown>>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.#database.query<Row>(sql, values);
  }

  /** What a user of Redshift is called in the Postgres behind, for `query`. */
  roleOf(user: string): string {
    return this.#database.users.names.roleOf(user);
  }

  /** As CREATE USER: for tests that have no client of the Data API. */
  createUser(user: string, password: string): Promise<void> {
    return this.#database.createUser(user, password);
  }

  async handle(request: ServiceRequest): Promise<ServiceResponse> {
    return jsonResponse(await this.#answer(request.operation ?? '', readJson(request), callerOf(request)));
  }

  async close(): Promise<void> {
    for (const record of this.#store.all()) await this.#cancel(record);
    await Promise.all(this.#running.values());
    await this.#sessions.close();
    await this.#database.close();
  }

  async #answer(operation: string, input: Input, caller: string): Promise<unknown> {
    switch (operation) {
      case 'ExecuteStatement':
      case 'BatchExecuteStatement':
        return this.#submit(input, operation === 'BatchExecuteStatement', caller);
      case 'DescribeStatement': {
        const record = this.#store.read(input.Id, caller);
        await this.#wait(record, toWait(input.WaitTimeSeconds));
        return describeStatement(record, String(input.Id));
      }
      case 'GetStatementResult':
      case 'GetStatementResultV2': {
        const record = this.#store.read(input.Id, caller);
        await this.#wait(record, toWait(input.WaitTimeSeconds));
        return readPage(record, input, operation, this.#options.rowsPerPage ?? 1000);
      }
      case 'CancelStatement':
        return { Status: await this.#cancel(this.#store.read(input.Id, caller)) };
      case 'ListStatements':
        return this.#list(input, caller);
      default:
        throw notImplemented(`${operation} of the Redshift Data API`);
    }
  }

  async #submit(input: Input, isBatch: boolean, caller: string): Promise<unknown> {
    const request = toRedshiftRequest(input, isBatch, this.#options, this.#context.secrets);
    const known = this.#store.findByToken(request.token, caller);
    if (known === undefined && this.faults.take(request.sqls, 'does-not-wake') !== undefined)
      throw new ServiceFault('DatabaseConnectionException', 'Connection to the database failed.', 500);
    const record = known ?? (await this.#begin(request, caller));
    await this.#wait(record, request.wait);
    return submittedStatement(record);
  }

  async #begin(request: StatementRecord['request'], caller: string): Promise<StatementRecord> {
    const sessionId = await this.#sessions.reserve(request);
    const record = this.#store.add(request, caller, sessionId);
    const run = this.#context.work.track(`statement ${record.id}`, () => this.#runner.run(record));
    this.#running.set(
      record.id,
      run.then(() => {
        this.#running.delete(record.id);
        if (request.withEvent) this.#publish(record);
      }),
    );
    return record;
  }

  /**
   * Until the statement is over, or so many seconds of AWS have gone.
   *
   * @throws ServiceFault `ActiveWaitingRequestsExceededException`
   */
  async #wait(record: StatementRecord, seconds: number): Promise<void> {
    if (seconds === 0 || isOver(record.status)) return;
    if (this.#waiting >= (this.#options.waitingRequests ?? Number.POSITIVE_INFINITY))
      throw new ServiceFault('ActiveWaitingRequestsExceededException', 'Too many requests wait for statements.');
    this.#waiting++;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, seconds * this.#context.secondMs);
    });
    await Promise.race([this.#running.get(record.id), timeout]);
    clearTimeout(timer);
    this.#waiting--;
  }

  async #cancel(record: StatementRecord): Promise<boolean> {
    if (isOver(record.status)) return false;
    record.isCancelled = true;
    if (record.pid !== 0) await this.#database.query('SELECT pg_cancel_backend($1)', [record.pid]);
    else this.#runner.abort(record);
    return true;
  }

  #list({ Status, StatementName, MaxResults = 100, NextToken = '0' }: Input, caller: string): unknown {
    const found = this.#store
      .list(caller)
      .filter(({ status }) => Status === undefined || Status === 'ALL' || status === Status)
      .filter(({ request }) => StatementName === undefined || (request.name ?? '').startsWith(String(StatementName)));
    const start = Number(NextToken);
    const end = start + Number(MaxResults);
    return {
      Statements: found.slice(start, end).map(listedStatement),
      ...(end < found.length && { NextToken: String(end) }),
    };
  }

  #publish({ id, status, parts, request, createdAt }: StatementRecord): void {
    this.#context.events.publish({
      source: 'aws.redshift-data',
      'detail-type': 'Redshift Data Statement Status Change',
      detail: {
        principal: `arn:aws:iam::${this.#context.account}:role/simulated`,
        statementName: request.name ?? '',
        statementId: id,
        redshiftQueryId: parts.at(-1)!.queryId,
        state: status,
        rows: parts.at(-1)!.rows,
        expireAt: Math.floor(createdAt / 1000) + 86_400,
      },
      identity: JSON.stringify([request.name, request.sqls, status]),
    });
  }
}

/** The access key of the signature. */
function callerOf({ headers }: ServiceRequest): string {
  return /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
}
