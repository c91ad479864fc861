import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { PortError } from '@weir/core';
import { isConnectionLoss, toPortError } from '../src/postgres/postgres-error.ts';

const SETTING = { doing: 'committing a run', location: 'db.example:5432/weir' };

function translate(values: object, message = 'a message of the server with a value: "secret"'): PortError {
  const error = toPortError(Object.assign(new Error(message), values), SETTING);
  expect(error).toBeInstanceOf(PortError);
  return error as PortError;
}

describe('toPortError', () => {
  test.each([
    ['28P01', 'warehouse.login-refused', false],
    ['28000', 'warehouse.login-refused', false],
    ['3D000', 'warehouse.database-unknown', false],
    ['42P01', 'warehouse.not-initialised', false],
    ['42501', 'warehouse.permission-denied', false],
    ['25006', 'warehouse.read-only', false],
    ['53100', 'warehouse.disk-full', false],
    ['53200', 'warehouse.out-of-resources', true],
    ['53300', 'warehouse.unreachable', true],
    ['57P01', 'warehouse.unreachable', true],
    ['57P03', 'warehouse.unreachable', true],
    ['08006', 'warehouse.unreachable', true],
    ['25P03', 'warehouse.unreachable', true],
    ['57014', 'warehouse.timeout', true],
    ['55P03', 'warehouse.busy', true],
    ['40001', 'warehouse.conflict', true],
    ['40P01', 'warehouse.conflict', true],
    ['23505', 'warehouse.conflict', false],
    ['22P02', 'warehouse.value-refused', false],
    ['22P04', 'warehouse.value-refused', false],
    ['23502', 'warehouse.value-refused', false],
    ['XX000', 'warehouse.failed', false],
  ])('tells the fault %s of the server apart as %s', (code, expected, isRetryable) => {
    const error = translate({ code, severity: 'ERROR' });
    expect([error.code, error.retryable]).toEqual([expected, isRetryable]);
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    expect(error.message).not.toContain('secret');
    expect(error.context).toMatchObject({ sqlState: code, location: SETTING.location });
    expect(error.remedy ?? 'checks need none').not.toBe('');
  });

  test.each([
    [{ code: 'ECONNREFUSED', syscall: 'connect' }, 'nothing listens there', true],
    [{ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'the host name is unknown', false],
    [{ code: 'ENOENT', syscall: 'connect' }, 'the socket file does not exist', true],
    [{ code: 'ECONNRESET', syscall: 'read' }, 'was lost while committing a run', true],
  ])('says why nothing was reached: %j', (values, sentence, isRetryable) => {
    const error = translate(values, '');
    expect([error.code, error.retryable]).toEqual(['warehouse.unreachable', isRetryable]);
    expect(error.message).toContain(sentence);
    expect(error.message).toContain(SETTING.location);
  });

  test.each([
    'Connection terminated unexpectedly',
    'Connection terminated',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
    'Connection terminated due to connection timeout',
  ])('knows the sentences of the client: %s', (message) => {
    expect(translate({}, message)).toMatchObject({ code: 'warehouse.unreachable', retryable: true });
  });

  test.each([
    ['run_is_new', 'warehouse.run-exists'],
    ['counts_match', 'warehouse.count-mismatch'],
    ['books_close', 'warehouse.books-open'],
    ['keys_are_unique', 'warehouse.conflict'],
  ])('reads a failed check %s as %s', (column, code) => {
    expect(translate({ code: '23502', severity: 'ERROR', table: 'stage_check', column }).code).toBe(code);
  });

  test('leaves alone what is no fault of Postgres', () => {
    const own = new Error('A bug.');
    const file = Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' });
    const port = new PortError({ code: 'landing.changed', message: 'It changed.' });
    for (const error of [own, file, port, 'text', undefined]) expect(toPortError(error, SETTING)).toBe(error);
  });

  test('keeps the words of the server in the cause where they are about the server, and where in the code it was', () => {
    const { cause } = translate({ code: '53100', severity: 'ERROR' }, 'could not extend file "base/1"');
    expect(cause).toMatchObject({ message: 'ERROR 53100: could not extend file "base/1"', code: '53100' });
    expect((cause as Error).stack).toMatch(/^Error: ERROR 53100.*\n\s+at translate /);
  });

  test.each(['22P02', '22001', '23505', '23514', '23502', 'P0001', '42883', 'XX000'])(
    'keeps no value of a row in the cause of %s, since causes are logged while debugging',
    (code) => {
      const values = {
        code,
        severity: 'ERROR',
        detail: 'Key (email)=(secret)',
        where: 'COPY, line 1: "secret"',
        hint: 'secret',
      };
      const error = translate({ ...values, table: 'fact_transactions' });
      expect(inspect(error, { depth: 9 })).not.toContain('secret');
      expect(error.cause).toMatchObject({ code, table: 'fact_transactions' });
    },
  );
});

describe('isConnectionLoss', () => {
  test.each([
    [{ code: '57P01', severity: 'FATAL' }, '', true],
    [{ code: 'ECONNRESET' }, '', true],
    [{}, 'Connection terminated unexpectedly', true],
    [{ code: '40001', severity: 'ERROR' }, '', false],
    [{ code: '23502', severity: 'ERROR' }, '', false],
    [{}, 'a bug', false],
  ])('is the outcome unknown after %j %s: %s', (values, message, expected) => {
    expect(isConnectionLoss(Object.assign(new Error(message), values))).toBe(expected);
  });
});
