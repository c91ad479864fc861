import { expect, test } from '@jest/globals';
import { faultOf, programFault } from '../../src/embedded-postgres/fault-of.ts';

test.each([
  ['PANIC:  could not write to file "pg_wal/xlogtemp.7": No space left on device', 'disk-full'],
  ['FATAL:  database files are incompatible with server', 'other-version'],
  ['FATAL:  lock file "postmaster.pid" already exists', 'in-use'],
  ['FATAL:  data directory "/d" has wrong ownership', 'not-writable'],
  ['PANIC:  could not locate a valid checkpoint record at 0/14D9570', 'damaged'],
  ['FATAL:  could not create any TCP/IP sockets: Address already in use', 'start-failed'],
  ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'start-failed'],
  ['something nobody has seen before', 'start-failed'],
  ['', 'start-failed'],
])('what the server says decides the code: %s -> %s', (said, code) => {
  const fault = programFault('could not be started', '/d', `2026-01-01 00:00:00.000 UTC [7] ${said}\n`);

  expect(fault).toMatchObject({ code: `embedded-postgres.${code}`, remedy: expect.stringMatching(/\.$/) });
  expect(fault.message).toMatch(/^The database in \/d could not be started: /);
  expect(fault.message).not.toContain('2026-01-01');
});

test.each([
  ['EACCES', 'not-writable', false],
  ['EROFS', 'not-writable', false],
  ['ENOSPC', 'disk-full', false],
  ['ELOCKED', 'locked', true],
  ['EWHATEVER', 'start-failed', false],
])('an error of the system decides the code: %s -> %s', (errno, code, retryable) => {
  const cause = Object.assign(new Error('it said so'), { code: errno });

  const fault = faultOf(cause, '/d');

  expect(fault).toMatchObject({ code: `embedded-postgres.${code}`, retryable, cause });
});
