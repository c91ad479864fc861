import { isPortError, PortError, type PortFault } from '@weir/core';

/** An error of the file system or of the lock as a sentence. */
export function faultOf(error: unknown, home: string): PortError {
  if (isPortError(error)) return error;
  const cause = error as NodeJS.ErrnoException;
  const reason = `${cause.message}.`;
  const fault = (name: string, remedy: string, retryable = false): PortError =>
    portError(name, `The database in ${home} could not be opened: ${reason}`, remedy, { retryable, cause });
  switch (cause.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOENT':
      return fault('not-writable', 'Make the directory writable, or name another one.');
    case 'ENOSPC':
    case 'EDQUOT':
      return fault('disk-full', 'Free some space and try again.');
    case 'ELOCKED':
      return fault(
        'locked',
        `Another process has been starting or stopping it for ten minutes. Look at ${home}/data/server.log.`,
        true,
      );
    default:
      return fault('start-failed', 'Try again; if it stays so, please report it with this message.');
  }
}

/** A failure of initdb, pg_ctl or the server, read from what it wrote. */
export function programFault(what: string, home: string, output: string): PortError {
  const known = causes.find(([pattern]) => pattern.test(output));
  const [, name, remedy] = known ?? [
    /./,
    what.includes('stopped') ? 'stop-failed' : 'start-failed',
    `Look at ${home}/data/server.log.`,
  ];
  return portError(name, `The database in ${home} ${what}: ${reasonIn(output)}`, remedy, {});
}

const causes: readonly (readonly [RegExp, string, string])[] = [
  [
    /No space left on device|Disk quota exceeded/,
    'disk-full',
    'Free some space and try again: nothing that was committed is lost.',
  ],
  [
    /database files are incompatible|initialized by PostgreSQL version/,
    'other-version',
    'Use the version of Weir that made the database, or delete the directory to start anew.',
  ],
  [
    /lock file ".*" already exists|Is another postmaster|Is another postgres/,
    'in-use',
    'If the process it names is no Postgres server, delete data/postmaster.pid in the directory and try again.',
  ],
  [
    /data directory ".*" has (wrong ownership|invalid permissions)/,
    'not-writable',
    'The folder data in it must belong to the account that the server runs as, with mode 0700, as it was when it was made.',
  ],
  [
    /PANIC|invalid checkpoint|required WAL directory|could not locate a valid checkpoint|could not (open|read|access|find) (file|the|directory)|is not a (valid )?(data|database cluster)|incorrect checksum/,
    'damaged',
    'Restore the directory from a backup, or delete it; the next start makes a new database.',
  ],
  [/Address already in use/, 'start-failed', 'All tried TCP ports of 127.0.0.1 were taken by others: try again.'],
  [
    /could not (map anonymous|create) shared memory|Cannot allocate memory|out of memory/,
    'start-failed',
    'It needs about 400 MB of memory: close something, or give the container more.',
  ],
  [
    /Permission denied|Read-only file system/,
    'not-writable',
    'Make the directory writable for the account that the server runs as.',
  ],
];

/** The server's own words: its fatal lines, or else the last ones, without time stamps. */
function reasonIn(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => /FATAL|PANIC|error:|ERROR|DETAIL/.test(line));
  const words = (telling.length > 0 ? telling : lines)
    .slice(-3)
    .map((line) => line.replace(/[\d-]{10} [\d:.]+ \w+ \[\d+\] /g, '').trim());
  return words.length === 0 ? 'it said nothing and ended.' : words.join(' | ');
}

function portError(
  name: string,
  message: string,
  remedy: string,
  rest: Pick<PortFault, 'retryable' | 'cause'>,
): PortError {
  return new PortError({ code: `embedded-postgres.${name}`, message, remedy, ...rest });
}
