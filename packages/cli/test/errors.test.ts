import { describe, expect, it } from '@jest/globals';
import { PortError } from '@weir/core';
import { CommandError } from '../src/errors/command-error.ts';
import { describeFailure } from '../src/errors/failure.ts';
import { maskSecrets } from '../src/errors/mask-secrets.ts';
import { tellFailure } from '../src/errors/tell-failure.ts';
import { InterruptedError } from '../src/interrupt/interruption.ts';
import { openTestScreen } from './support/test-screen.ts';

describe('secrets are hidden', () => {
  it.each([
    ['postgres://me:s3cret@host/db', 'postgres://me:***@host/db'],
    ['at postgres://me:s3@cr:et@host:5432/db now', 'at postgres://me:***@host:5432/db now'],
    ['postgres:///db?password=s3cret&x=1', 'postgres:///db?password=***&x=1'],
    ['host=h password=s3cret', 'host=h password=***'],
    ['postgres://host:5432/db', 'postgres://host:5432/db'],
  ])('in %s', (text, masked) => expect(maskSecrets(text)).toBe(masked));
});

describe('a failure', () => {
  it('of a port keeps its code, sentence and remedy, and ends with 1', () => {
    const error = new PortError({ code: 'landing.not-found', message: 'No folder.', remedy: 'Make it.' });
    expect(describeFailure(error)).toMatchObject({
      code: 'landing.not-found',
      message: 'No folder.',
      remedy: 'Make it.',
      exitCode: 1,
    });
  });
  it('of the operating system is a sentence', () => {
    const error = Object.assign(new Error('ENOSPC: x'), { code: 'ENOSPC', syscall: 'write', path: '/data/a' });
    expect(describeFailure(error)).toMatchObject({
      code: 'system.enospc',
      message: 'The operating system refused a write of /data/a: the disk is full.',
    });
  });
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s ends with %i', (signal, exitCode) => {
    expect(describeFailure(new InterruptedError(signal, 'Nothing.'))).toMatchObject({ code: 'interrupted', exitCode });
  });
  it('that nobody foresaw says how to see more', () => {
    expect(describeFailure(new TypeError('x is not a function'))).toMatchObject({
      code: 'internal',
      remedy: expect.stringContaining('WEIR_DEBUG=1'),
      exitCode: 1,
    });
    expect(describeFailure('text').message).toContain('text');
  });
  it('is told in one form, and as JSON beside it', () => {
    const { screen, stdout, stderr } = openTestScreen({ json: true });
    const error = new CommandError({
      code: 'a.b',
      message: 'It broke:\nline 2\u001b',
      remedy: 'Mend it.',
      document: { x: 1 },
    });
    expect(tellFailure(screen, error, false)).toBe(1);
    expect(stderr()).toBe('error: It broke:\n  line 2\\u{1b}\n  next: Mend it.\n  code: a.b\n');
    expect(JSON.parse(stdout())).toEqual({
      error: { code: 'a.b', message: 'It broke:\nline 2\u001b', remedy: 'Mend it.' },
      x: 1,
    });
  });
  it('shows where in the code it came from only while debugging, with its causes and without secrets', () => {
    const { screen, stderr } = openTestScreen();
    tellFailure(screen, new Error('outer', { cause: new Error('postgres://me:s3cret@h') }), true);
    expect(stderr()).toMatch(/caused by Error: postgres:\/\/me:\*\*\*@h\n\s+at /);
  });
});
