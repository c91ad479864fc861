import { createHash } from 'node:crypto';

/**
 * What CREATE USER takes in place of a password, so that the password itself is in no statement. Of the forms that Redshift
 * has, MD5 is the one whose making is documented to the last byte: of SHA-256 it is not said how password and salt go together.
 * It keeps long random passwords only, which nobody finds by trying.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html
 */
export function hashPassword(password: string, user: string): string {
  return `md5${createHash('md5')
    .update(password + user)
    .digest('hex')}`;
}
