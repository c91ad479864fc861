import { createHash, randomUUID } from 'node:crypto';
import {
  BatchExecuteStatementCommand,
  ExecuteStatementCommand,
  type SqlParameter,
} from '@aws-sdk/client-redshift-data';
import type { Statement, TextRow } from '@weir/warehouse-sql';
import { DataApiCalls, type DataApiCallsOptions } from './data-api-calls.ts';
import { DataApiFault } from './data-api-fault.ts';
import { requireWithinLimits } from './data-api-limits.ts';
import { fetchRows } from './fetch-rows.ts';
import { toPortError } from './redshift-error.ts';
import { addressOf, locationOf, type RedshiftTarget } from './redshift-target.ts';
import { runStatement, type WaitOptions } from './run-statement.ts';

export interface DataApiSessionOptions extends RedshiftTarget, DataApiCallsOptions, WaitOptions {}

/** What a transaction did. */
export interface Transaction {
  /** Rows that each of its statements touched, by name. */
  readonly counts: ReadonlyMap<string, number>;
  /** The rows that one of its statements read. */
  rows(statement: string): Promise<readonly TextRow[]>;
}

/** Runs statements over the Data API: the one place that submits, waits and tries again. */
export class DataApiSession {
  /** `workgroup/database`. */
  readonly location: string;
  readonly #options: DataApiSessionOptions;
  readonly #calls: DataApiCalls;

  constructor(options: DataApiSessionOptions) {
    this.#options = options;
    this.#calls = new DataApiCalls(options);
    this.location = locationOf(options);
  }

  /**
   * The rows of one question, asked again after a passing fault.
   *
   * @param doing for the message of an error, such as `reading earlier runs`
   * @throws PortError
   */
  async query(statement: Statement, doing: string): Promise<readonly TextRow[]> {
    return this.use(doing, () =>
      this.retry(async () => {
        const id = await this.#execute(statement);
        return fetchRows(this.#calls, id);
      }),
    );
  }

  /**
   * One transaction, begun again after a passing fault: for what may be repeated although it was committed.
   *
   * @throws PortError
   */
  async transact(statements: readonly Statement[], doing: string): Promise<Transaction> {
    return this.use(doing, () => this.retry(() => this.attempt(statements, randomUUID())));
  }

  /**
   * One transaction, once. A call whose answer is lost is repeated with its token, which finds the same statements.
   *
   * @param token another one for every attempt
   * @throws DataApiFault; PortError for what is over a limit
   */
  async attempt(statements: readonly Statement[], token: string): Promise<Transaction> {
    requireWithinLimits(statements);
    const input = {
      ...addressOf(this.#options),
      ...parametersOf(statements),
      Sqls: statements.map(({ text }) => text),
      StatementName: `weir ${statements.at(-1)!.name}`,
      ClientToken: createHash('sha256').update(token).digest('hex'),
    };
    const { Id: id, SubStatements: subs = [] } = await runStatement(
      this.#calls,
      statements,
      (client) => client.send(new BatchExecuteStatementCommand(input)),
      this.#options,
    );
    const placeOf = (name: string) => statements.findIndex((statement) => statement.name === name) + 1;
    return {
      counts: new Map(statements.map(({ name }, i) => [name, Math.max(subs[i]?.ResultRows ?? 0, 0)])),
      rows: (name) => fetchRows(this.#calls, `${id}:${placeOf(name)}`),
    };
  }

  /** Does the work again after each passing DataApiFault, within the tries of this session. */
  async retry<T>(work: (attempt: number) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work(attempt);
      } catch (error) {
        if (!(error instanceof DataApiFault) || !error.isTransient || attempt >= this.#calls.tries) throw error;
        await this.#calls.backoff.pause(attempt);
      }
    }
  }

  /** @throws PortError for a DataApiFault; anything else as it is */
  async use<T>(doing: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.translate(error, doing);
    }
  }

  translate(error: unknown, doing: string): unknown {
    return error instanceof DataApiFault ? toPortError(error, { doing, location: this.location }) : error;
  }

  async #execute(statement: Statement): Promise<string> {
    requireWithinLimits([statement]);
    const input = {
      ...addressOf(this.#options),
      ...parametersOf([statement]),
      Sql: statement.text,
      StatementName: `weir ${statement.name}`,
      ClientToken: randomUUID(),
    };
    const { Id: id } = await runStatement(
      this.#calls,
      [statement],
      (client) => client.send(new ExecuteStatementCommand(input)),
      this.#options,
    );
    return id!;
  }
}

/** Their names are unique in a plan, so that a batch can share them. Not there at all where there is none. */
function parametersOf(statements: readonly Statement[]): { readonly Parameters?: SqlParameter[] } {
  const parameters = statements.flatMap((statement) => statement.parameters);
  if (parameters.length === 0) return {};
  return { Parameters: parameters.map(({ name, value }) => ({ name, value: String(value) })) };
}
