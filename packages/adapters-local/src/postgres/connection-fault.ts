import type { PortFault } from '@weir/core';

/** What a fault is about, for its sentence. */
export interface FaultSetting {
  /** What was being done, such as `reading dim_products`. */
  readonly doing: string;
  /** `host:port/database`, without a user or a password. */
  readonly location: string;
}

/** A fault in the words of the ports. */
export type Description = Omit<PortFault, 'cause' | 'context'> & { readonly context?: Record<string, string | number> };

/** A password that is asked for and was not given; undefined where it is another fault. */
export function describeMissingPassword({ message }: Error, { location }: FaultSetting): Description | undefined {
  if (!/^SASL: .*client password must be/.test(message)) return undefined;
  return {
    code: 'warehouse.login-refused',
    message: `Postgres at ${location} asks for a password, and none was given.`,
    remedy: 'Give it in the connection string, or in PGPASSWORD in the environment.',
  };
}

/** Why there is no connection; undefined where it is another fault. */
export function describeConnection(error: Error, { doing, location }: FaultSetting): Description | undefined {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  const why = UNREACHED[code];
  if (why !== undefined && (code !== 'ENOENT' || syscall === 'connect')) {
    return {
      code: 'warehouse.unreachable',
      message: `No Postgres answers at ${location}: ${why}.`,
      remedy: 'Start the server, or correct the connection string.',
      retryable: code !== 'ENOTFOUND',
      context: { reason: code },
    };
  }
  if (/timeout exceeded when trying to connect|due to connection timeout/.test(error.message)) {
    return {
      code: 'warehouse.unreachable',
      message: `Postgres at ${location} did not accept a connection in time while ${doing}.`,
      remedy: 'Look whether the server is overloaded, or all connections of the pool are in use.',
      retryable: true,
      context: { reason: 'connect-timeout' },
    };
  }
  if (
    LOST.has(code) ||
    /^Connection terminated|connection error and is not queryable|^Client was closed/.test(error.message)
  ) {
    return connectionLost(doing, location);
  }
  return undefined;
}

export function connectionLost(doing: string, location: string): Description {
  return {
    code: 'warehouse.unreachable',
    message: `The connection to Postgres at ${location} was lost while ${doing}.`,
    remedy: 'Try again; nothing was committed by this call.',
    retryable: true,
    context: { reason: 'connection-lost' },
  };
}

const LOST = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const UNREACHED: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
  ENOENT: 'the socket file does not exist',
};
