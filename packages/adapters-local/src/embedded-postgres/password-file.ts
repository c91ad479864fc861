import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { passwordFile } from './read-password.ts';
import { giveTo, type ServerAccount } from './server-account.ts';

/** Only the owner of the server may read it. */
export async function createPasswordFile(home: string, account: ServerAccount): Promise<string> {
  const file = passwordFile(home);
  await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await giveTo(account, file);
  return file;
}
