import { describe, expect, test } from '@jest/globals';
import { PortError } from '@weir/core';
import { describeError } from '../../src/telemetry/describe-error.ts';
import { InvocationError } from '../../src/telemetry/invocation-error.ts';
import { printable } from '../../src/telemetry/printable.ts';

describe('printable', () => {
  test.each([
    ['plain, é, €, 😀', 'plain, é, €, 😀'],
    ['two\nlines', 'two\\u{a}lines'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['\u202ereversed', '\\u{202e}reversed'],
    ['a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
    ['half \ud800 a letter', 'half \\u{d800} a letter'],
  ])('writes what steers a log of %j as its number', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test('cuts what is long', () => {
    expect(printable('x'.repeat(5000))).toBe(`${'x'.repeat(2000)}...`);
  });
});

describe('describeError', () => {
  test('tells all that a PortError knows, with its causes, and no stack', () => {
    const cause = new PortError({ code: 'b', message: 'B.', context: { key: 'k' } });
    const error = new PortError({ code: 'a', message: 'A.', remedy: 'Do.', retryable: true, cause });

    const told = { context: {}, cause: { code: 'b', message: 'B.', retryable: false, context: { key: 'k' } } };
    expect(describeError(error)).toEqual({ code: 'a', message: 'A.', remedy: 'Do.', retryable: true, ...told });
  });

  test('tells where any other error happened', () => {
    expect(describeError(new RangeError('far'))).toMatchObject({
      name: 'RangeError',
      message: 'far',
      stack: expect.arrayContaining([expect.stringMatching(/^at /)]),
    });
  });

  test('ends with causes that are their own cause', () => {
    const error = new Error('round');
    error.cause = error;

    expect(JSON.stringify(describeError(error)).match(/round/g)).toHaveLength(6);
  });

  test('takes what is no error', () => {
    expect(describeError('a text')).toEqual({ message: 'a text' });
  });
});

describe('InvocationError', () => {
  test('is one line, named by its code', () => {
    const error = new InvocationError(new PortError({ code: 'landing.unreadable', message: 'two\nlines' }));

    expect([error.name, error.message, error.stack]).toEqual([
      'landing.unreadable',
      'two\\u{a}lines',
      'landing.unreadable: two\\u{a}lines',
    ]);
  });

  test('keeps the name of another error', () => {
    expect(new InvocationError(new RangeError('far'))).toMatchObject({ name: 'RangeError', message: 'far' });
  });
});
