import type { Secrets } from '../../secrets-manager/secrets.ts';
import { ServiceFault } from '../../server/service.ts';
import type { RedshiftOptions } from '../redshift-options.ts';
import { tokenize } from '../sql/tokenize.ts';
import { readSignIn, type SignIn } from '../users/read-sign-in.ts';

const MOST_STATEMENTS = 40;
const LONGEST_STATEMENT = 100 * 1024;

export interface SqlParameter {
  readonly name: string;
  readonly value: string;
}

/** The input of ExecuteStatement and BatchExecuteStatement, checked. */
export interface RedshiftRequest {
  readonly sqls: readonly string[];
  readonly isBatch: boolean;
  readonly parameters: readonly SqlParameter[];
  readonly mode: 'TRANSACTION' | 'AUTO_COMMIT';
  readonly workgroup: string | undefined;
  readonly cluster: string | undefined;
  readonly database: string | undefined;
  readonly secretArn: string | undefined;
  /** What the secret holds. Without one, the caller is whoever may do everything: identities of IAM are not simulated. */
  readonly signIn: SignIn | undefined;
  readonly dbUser: string | undefined;
  readonly name: string | undefined;
  readonly token: string | undefined;
  readonly withEvent: boolean;
  readonly format: 'JSON' | 'CSV';
  readonly sessionId: string | undefined;
  readonly keepAliveSeconds: number | undefined;
  /** Seconds; 0 where the call does not wait. */
  readonly wait: number;
}

type Input = Readonly<Record<string, unknown>>;

/** @throws ServiceFault `ValidationException` */
export function toRedshiftRequest(
  input: Input,
  isBatch: boolean,
  options: RedshiftOptions,
  secrets: Secrets,
): RedshiftRequest {
  const sqls = (isBatch ? input.Sqls : [input.Sql]) as readonly string[];
  checkSqls(sqls, isBatch);
  checkPlace(input, options);
  const parameters = (input.Parameters ?? []) as readonly SqlParameter[];
  if (input.Parameters !== undefined) checkParameters(parameters, sqls);
  const token = optional(input.ClientToken);
  if (token !== undefined) checkLength('clientToken', token, 1, 64);
  if (input.StatementName !== undefined) checkLength('statementName', String(input.StatementName), 0, 500);
  const secretArn = optional(input.SecretArn);
  return {
    sqls,
    isBatch,
    parameters,
    mode: input.ExecutionMode === 'AUTO_COMMIT' ? 'AUTO_COMMIT' : 'TRANSACTION',
    workgroup: optional(input.WorkgroupName),
    cluster: optional(input.ClusterIdentifier),
    database: optional(input.Database),
    secretArn,
    signIn: secretArn === undefined ? undefined : readSignIn(secretArn, secrets),
    dbUser: optional(input.DbUser),
    name: optional(input.StatementName),
    token,
    withEvent: input.WithEvent === true,
    format: input.ResultFormat === 'CSV' ? 'CSV' : 'JSON',
    sessionId: optional(input.SessionId),
    keepAliveSeconds: input.SessionKeepAliveSeconds as number | undefined,
    wait: toWait(input.WaitTimeSeconds),
  };
}

/** @throws ServiceFault `ValidationException` */
export function toWait(seconds: unknown): number {
  if (seconds === undefined) return 0;
  const wait = Number(seconds);
  if (!(wait >= 1 && wait <= 30)) throw constraint('waitTimeSeconds', String(seconds), 'value between 1 and 30');
  return wait;
}

export function invalid(message: string): ServiceFault {
  return new ServiceFault('ValidationException', message);
}

function checkSqls(sqls: readonly string[] | undefined, isBatch: boolean): void {
  if (!Array.isArray(sqls) || sqls.length < 1 || sqls.length > MOST_STATEMENTS)
    throw constraint('sqls', `${sqls?.length ?? 'null'}`, `length between 1 and ${MOST_STATEMENTS}`);
  for (const sql of sqls) {
    if (typeof sql !== 'string' || sql.trim() === '')
      throw invalid(`Sql${isBatch ? 's' : ''} must not be null or empty.`);
    if (Buffer.byteLength(sql) > LONGEST_STATEMENT)
      throw invalid(`The SQL statement is longer than ${LONGEST_STATEMENT} bytes.`);
  }
}

function checkPlace(input: Input, options: RedshiftOptions): void {
  const { WorkgroupName: workgroup, ClusterIdentifier: cluster, SessionId: session, Database: database } = input;
  if (session !== undefined) {
    if (workgroup !== undefined || cluster !== undefined || database !== undefined)
      throw invalid('SessionId cannot be given with a cluster, a workgroup or a database.');
    return;
  }
  if ((workgroup === undefined) === (cluster === undefined))
    throw invalid('Either ClusterIdentifier or WorkgroupName must be given.');
  if (typeof database !== 'string' || database === '') throw invalid('Database must not be null or empty.');
  if (input.DbUser !== undefined && workgroup !== undefined)
    throw invalid('DbUser is not supported for a Redshift Serverless workgroup.');
  if (input.DbUser !== undefined && input.SecretArn !== undefined)
    throw invalid('Only one of DbUser and SecretArn can be given.');
  const known = workgroup === undefined ? options.clusters : options.workgroups;
  if (known !== undefined && !known.includes(String(workgroup ?? cluster)))
    throw invalid("Redshift endpoint doesn't exist in this region.");
}

function checkParameters(parameters: readonly SqlParameter[], sqls: readonly string[]): void {
  if (parameters.length === 0) throw constraint('parameters', '[]', 'length greater than or equal to 1');
  for (const { name, value } of parameters) {
    if (!/^[0-9A-Za-z_]+$/.test(name ?? '')) throw constraint('parameters.name', name, 'pattern [0-9a-zA-Z_]+');
    if (value === undefined || value.length < 1)
      throw constraint('parameters.value', '', 'length greater than or equal to 1');
  }
  const names = new Set(parameters.map(({ name }) => name));
  if (names.size < parameters.length) throw invalid('Parameters list contains a name twice.');
  // What stands in a string, in a comment or for a name is no parameter.
  const used = new Set(sqls.flatMap(parametersOf));
  const unused = [...names].filter((name) => !used.has(name));
  if (unused.length > 0)
    throw invalid(`Parameters list contains unused parameters. Unused parameters: [${unused.join(', ')}]`);
  const missing = [...used].filter((name) => !names.has(name));
  if (missing.length > 0)
    throw invalid(`Parameters list doesn't contain all parameters. Missing parameters: [${missing.join(', ')}]`);
}

function parametersOf(sql: string): readonly string[] {
  try {
    return tokenize(sql)
      .filter(({ kind }) => kind === 'parameter')
      .map(({ value }) => value);
  } catch {
    return [];
  }
}

function checkLength(field: string, value: string, least: number, most: number): void {
  if (value.length < least || value.length > most)
    throw constraint(field, value, `length between ${least} and ${most}`);
}

function constraint(field: string, value: string, rule: string): ServiceFault {
  return invalid(
    `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: Member must have ${rule}`,
  );
}

function optional(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
