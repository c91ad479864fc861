import { usageError } from '../errors/command-error.ts';

/** @throws CommandError `usage.database-url` */
export function checkDatabaseUrl(url: string, from: string): string {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol === 'postgres:' || protocol === 'postgresql:') return url;
  throw usageError({
    code: 'usage.database-url',
    // It is not repeated: where a password stands in what is no address, nobody can tell.
    message: `${from} is not the address of a Postgres database: it does not begin with postgres://, or cannot be read.`,
    remedy:
      'Write it as postgres://user:password@host:5432/database, with @ : / and ? in the password as %40 %3A %2F %3F; ' +
      'or leave it out to use the embedded database.',
  });
}
