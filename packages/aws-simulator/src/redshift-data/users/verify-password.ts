import { createHash } from 'node:crypto';

const MD5 = /^md5[0-9a-f]{32}$/;

/** Whether this is the password of which Redshift was given a hash, or that it was given in clear. */
export function verifyPassword(password: string, user: string, stored: string): boolean {
  if (!MD5.test(stored)) return password === stored;
  return stored.slice(3) === createHash('md5').update(`${password}${user}`, 'utf8').digest('hex');
}
