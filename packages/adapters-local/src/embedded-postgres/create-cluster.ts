import { chmod, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PortError } from '@weir/core';
import { programFault } from './fault-of.ts';
import { type PostgresBinaries, postgresMajor } from './locate-binaries.ts';
import { createPasswordFile } from './password-file.ts';
import { runProgram } from './run-program.ts';
import { giveTo, type ServerAccount } from './server-account.ts';

/** Makes the data of a new server, or checks that what is there can be started. */
export async function createCluster(home: string, account: ServerAccount, binaries: PostgresBinaries): Promise<void> {
  const data = join(home, 'data');
  if (await stat(data).catch(() => undefined)) return await checkVersion(home, data);

  // Made under another name, so that a crash half-way never leaves something that looks like a database.
  const unfinished = join(home, 'data.unfinished');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished);
  await chmod(unfinished, 0o700);
  await giveTo(account, unfinished);
  const passwordFile = await createPasswordFile(home, account);
  const { code, output } = await runProgram(
    binaries.initdb,
    [
      ...['--pgdata', unfinished, '--username', 'weir', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
      ...['--encoding', 'UTF8', '--locale', 'C', '--no-instructions', '--set', 'log_line_prefix=%m [%p] '],
    ],
    { account, cwd: home, timeoutMs: 120_000 },
  );
  if (code !== 0) throw programFault('could not be created', home, output);
  await rename(unfinished, data);
}

async function checkVersion(home: string, data: string): Promise<void> {
  const found = await readFile(join(data, 'PG_VERSION'), 'utf8').catch((cause) => {
    throw new PortError({
      code: 'embedded-postgres.damaged',
      message: `The database in ${home} is damaged: ${(cause as Error).message}.`,
      remedy: 'Restore the directory from a backup, or delete it; the next start makes a new database.',
      cause,
    });
  });
  if (found.trim() === postgresMajor) return;
  throw new PortError({
    code: 'embedded-postgres.other-version',
    message: `The database in ${home} was made by Postgres ${found.trim()}, but this is Postgres ${postgresMajor}.`,
    remedy: `Dump it with the version of Weir that made it, or delete the directory to start anew.`,
    context: { home, found: found.trim(), expected: postgresMajor },
  });
}
