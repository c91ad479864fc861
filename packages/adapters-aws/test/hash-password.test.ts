import { expect, test } from '@jest/globals';
import { hashPassword } from '../src/redshift/hash-password.ts';

test('a password is hashed as the guide of Redshift has it', () => {
  // From https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html
  expect(hashPassword('ez', 'user1')).toBe('md5153c434b4b77c89e6b94f12c5393af5b');
});
