import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PortError } from '@weir/core';
import { giveTo, type ServerAccount } from './server-account.ts';

/** Only the owner of the server may read it. */
export async function createPasswordFile(home: string, account: ServerAccount): Promise<string> {
  const file = passwordFile(home);
  await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await giveTo(account, file);
  return file;
}

export async function readPassword(home: string): Promise<string> {
  try {
    return await readFile(passwordFile(home), 'utf8');
  } catch (cause) {
    throw new PortError({
      code: 'embedded-postgres.damaged',
      message: `The password of the database in ${home} cannot be read: ${(cause as Error).message}.`,
      remedy: 'If the file is gone, only deleting the whole directory helps; the next start makes a new database.',
      cause,
    });
  }
}

function passwordFile(home: string): string {
  return join(home, 'password');
}
