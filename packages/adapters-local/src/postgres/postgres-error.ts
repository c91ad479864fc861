import { types } from 'node:util';
import { isPortError, PortError } from '@weir/core';
import { CHECK_FAULTS } from '@weir/warehouse-sql';
import {
  connectionLost,
  type Description,
  describeConnection,
  describeMissingPassword,
  type FaultSetting,
} from './connection-fault.ts';
import { type ServerError, withoutValues } from './without-values.ts';

/**
 * The one place where faults of Postgres are told apart. What is neither a fault of Postgres nor of the connection to it
 * comes back as it is. Values of rows are never part of the message, nor of the cause.
 */
export function toPortError(error: unknown, setting: FaultSetting): unknown {
  if (!isError(error) || isPortError(error)) return error;
  const described = isServerError(error)
    ? describeServerError(error, setting)
    : (describeMissingPassword(error, setting) ?? describeConnection(error, setting));
  if (described === undefined) return error;
  const context = { location: setting.location, ...described.context };
  return new PortError({ ...described, context, cause: isServerError(error) ? withoutValues(error) : error });
}

/** Whether the server may have gone on without us: after such a fault the end of a transaction is unknown. */
export function isConnectionLoss(error: unknown): boolean {
  if (!isError(error)) return false;
  return isServerError(error) ? error.severity !== 'ERROR' : describeConnection(error, NOWHERE) !== undefined;
}

/** Also of another realm, where `instanceof` does not hold. */
function isError(error: unknown): error is Error {
  return types.isNativeError(error);
}

function isServerError(error: Error): error is ServerError {
  return 'severity' in error && 'code' in error && /^[0-9A-Z]{5}$/.test(String(error.code));
}

const NOWHERE: FaultSetting = { doing: '', location: '' };

type Describe = (setting: FaultSetting, error: ServerError) => Description;

/** By SQLSTATE, or by its class of two characters. */
const BY_STATE: Readonly<Record<string, Describe>> = {
  '28': ({ location }) => ({
    code: 'warehouse.login-refused',
    message: `Postgres at ${location} refused the login: wrong user or password, or a host that may not connect.`,
    remedy: 'Correct user and password in the connection string, or pg_hba.conf on the server.',
  }),
  '3D000': ({ location }) => ({
    code: 'warehouse.database-unknown',
    message: `There is no such database at ${location}.`,
    remedy: 'Create the database, or correct its name in the connection string.',
  }),
  '42P01': ({ doing, location }) => ({
    code: 'warehouse.not-initialised',
    message: `Tables are missing in the database at ${location}, found while ${doing}.`,
    remedy: 'Create them: weir init.',
  }),
  '42501': ({ doing, location }) => ({
    code: 'warehouse.permission-denied',
    message: `The user lacks a right in the database at ${location}, found while ${doing}.`,
    remedy: 'Grant the rights on the tables and on temporary tables, or use another user.',
  }),
  '25006': ({ location }) => ({
    code: 'warehouse.read-only',
    message: `The database at ${location} takes no changes: it is read-only or a standby.`,
    remedy: 'Connect to the primary server.',
  }),
  '53100': ({ doing, location }) => ({
    code: 'warehouse.disk-full',
    message: `The disk of Postgres at ${location} is full, found while ${doing}.`,
    remedy: 'Free or add disk space, then run again.',
  }),
  '53300': ({ location }) => ({
    code: 'warehouse.unreachable',
    message: `Postgres at ${location} has no connection left.`,
    remedy: 'Wait until others disconnect, or raise max_connections.',
    retryable: true,
    context: { reason: 'too-many-connections' },
  }),
  '53': ({ doing, location }) => ({
    code: 'warehouse.out-of-resources',
    message: `Postgres at ${location} is short of memory or of another resource, found while ${doing}.`,
    remedy: "Look into the server's log.",
    retryable: true,
  }),
  '57P03': ({ location }) => ({
    code: 'warehouse.unreachable',
    message: `Postgres at ${location} is starting up or shutting down.`,
    remedy: 'Wait a moment.',
    retryable: true,
    context: { reason: 'starting' },
  }),
  '57014': ({ doing, location }) => ({
    code: 'warehouse.timeout',
    message: `Postgres at ${location} cancelled a statement while ${doing}: it took too long, or somebody cancelled it.`,
    remedy: 'Try again, or raise statement_timeout.',
    retryable: true,
  }),
  '25P03': ({ doing, location }) => connectionLost(doing, location),
  '57': ({ doing, location }) => connectionLost(doing, location),
  '08': ({ doing, location }) => connectionLost(doing, location),
  '55P03': ({ doing, location }) => ({
    code: 'warehouse.busy',
    message: `Another run is writing to the database at ${location}; waited in vain for it while ${doing}.`,
    remedy: 'Try again when it has ended, or allow a longer wait.',
    retryable: true,
  }),
  '40': ({ doing, location }) => ({
    code: 'warehouse.conflict',
    message: `Postgres at ${location} gave this transaction up in favour of another one while ${doing}.`,
    remedy: 'Try again.',
    retryable: true,
  }),
  '23502': (setting, error) => (error.table === 'stage_check' ? describeCheck(error.column, setting) : unfit(setting)),
  '23505': ({ doing, location }, { table = 'a table' }) => ({
    code: 'warehouse.conflict',
    message: `A row with the same key is in ${table} already, found while ${doing} at ${location}.`,
    remedy: 'Make sure that nothing else writes to these tables, and that no id is given twice.',
    context: { table },
  }),
  '22': unfit,
};

function describeServerError(error: ServerError, setting: FaultSetting): Description {
  const described = (BY_STATE[error.code] ?? BY_STATE[error.code.slice(0, 2)] ?? unexpected)(setting, error);
  return { ...described, context: { sqlState: error.code, ...described.context } };
}

function unexpected({ doing, location }: FaultSetting, error: ServerError): Description {
  return {
    code: 'warehouse.failed',
    message: `Postgres at ${location} reported an unexpected fault (${error.code}) while ${doing}.`,
    remedy: "Look into the server's log, which has its words.",
  };
}

function unfit({ doing, location }: FaultSetting): Description {
  return {
    code: 'warehouse.value-refused',
    message: `Postgres at ${location} refused a value while ${doing}; nothing was committed.`,
    remedy: 'This is a fault of the transform, which lets only fitting values pass: report it.',
  };
}

function describeCheck(column = '', setting: FaultSetting): Description {
  return CHECK_FAULTS[column] ?? unfit(setting);
}
