import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PortError } from '@weir/core';

/** @throws PortError `embedded-postgres.damaged` */
export function readPassword(home: string): string {
  try {
    return readFileSync(passwordFile(home), 'utf8');
  } catch (cause) {
    throw new PortError({
      code: 'embedded-postgres.damaged',
      message: `The password of the database in ${home} cannot be read: ${(cause as Error).message}.`,
      remedy: 'If the file is gone, only deleting the whole directory helps; the next start makes a new database.',
      cause,
    });
  }
}

export function passwordFile(home: string): string {
  return join(home, 'password');
}
