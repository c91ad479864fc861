import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  type DescribeStatementCommandOutput,
  ExecuteStatementCommand,
  type Field,
  GetStatementResultCommand,
  RedshiftDataClient,
  type SqlParameter,
} from '@aws-sdk/client-redshift-data';
import { openTestDatabase } from '@weir/adapters-local/testing';
import { type AwsSimulator, type RedshiftOptions, startAwsSimulator } from '../src/index.ts';

export const PLACE = { WorkgroupName: 'weir', Database: 'weir' };

/** A simulated Redshift with the SDK's client. */
export interface RedshiftSubject {
  readonly simulator: AwsSimulator;
  readonly client: RedshiftDataClient;
  /** Of the Postgres database behind it. */
  readonly connectionString: string;
  /** Runs statements as one batch to its end, whatever that is. */
  batch(...sqls: readonly string[]): Promise<DescribeStatementCommandOutput>;
  /** Runs one statement to its end, whatever that is. */
  execute(sql: string, parameters?: Readonly<Record<string, string>>): Promise<DescribeStatementCommandOutput>;
  begin(...sqls: readonly string[]): Promise<string>;
  end(id: string): Promise<DescribeStatementCommandOutput>;
  /** All rows of a statement. */
  rows(id: string): Promise<readonly Field[][]>;
  /** Values of the rows of a query; null for NULL. */
  select(sql: string): Promise<readonly unknown[][]>;
  close(): Promise<void>;
}

export async function openRedshift(
  options: Partial<RedshiftOptions> = {},
  more: Omit<Parameters<typeof startAwsSimulator>[0] & object, 'redshift'> = {},
): Promise<RedshiftSubject> {
  const database = await openTestDatabase();
  const simulator = await startAwsSimulator({
    ...more,
    redshift: { connectionString: database.connectionString, ...options },
  });
  const client = new RedshiftDataClient(simulator.clientConfig);
  const end = async (Id: string): Promise<DescribeStatementCommandOutput> => {
    const described = await client.send(new DescribeStatementCommand({ Id, WaitTimeSeconds: 30 }));
    return ['FINISHED', 'FAILED', 'ABORTED'].includes(described.Status!) ? described : end(Id);
  };
  const begin = async (...Sqls: readonly string[]) =>
    (await client.send(new BatchExecuteStatementCommand({ ...PLACE, Sqls: [...Sqls] }))).Id!;
  const execute = async (Sql: string, values?: Readonly<Record<string, string>>) => {
    const Parameters = values && Object.entries(values).map(([name, value]): SqlParameter => ({ name, value }));
    const { Id } = await client.send(new ExecuteStatementCommand({ ...PLACE, Sql, Parameters }));
    return end(Id!);
  };
  const rows = async (Id: string) => {
    const all: Field[][] = [];
    for (let NextToken: string | undefined; ; ) {
      const page = await client.send(new GetStatementResultCommand({ Id, NextToken }));
      all.push(...page.Records!);
      NextToken = page.NextToken;
      if (NextToken === undefined) return all;
    }
  };
  return {
    connectionString: database.connectionString,
    ...{ simulator, client, begin, end, execute, rows },
    batch: async (...sqls) => end(await begin(...sqls)),
    select: async (sql) => {
      const { Id, Error: fault } = await execute(sql);
      if (fault !== undefined) throw new Error(fault);
      return (await rows(Id!)).map((row) => row.map(fieldValue));
    },
    close: async () => {
      client.destroy();
      await simulator.close();
      await database.close();
    },
  };
}

function fieldValue(field: Field): unknown {
  return field.isNull === true ? null : Object.values(field)[0];
}
