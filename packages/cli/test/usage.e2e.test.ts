import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await openTemporaryFolder();
});
afterAll(() => folder.remove());

const run = (...args: string[]) => runCommand(args, { cwd: folder.path });

describe('help', () => {
  it.each([
    ['weir', []],
    ['runs show', ['runs', 'show']],
    ...['list', 'show', 'replay', 'dismiss', 'export'].map((name) => [`rejects ${name}`, ['rejects', name]] as const),
    ['explain', ['explain']],
    ['undo', ['undo']],
  ])('of %s is on standard output with examples, and ends with 0', async (_, command) => {
    const { code, stdout, stderr } = await run(...command, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: weir/);
    expect(stdout).toContain('Examples:\n  $ weir ');
    expect(stdout).toContain('--database-url');
  });
});

describe('wrong usage ends with 2 and says what to do', () => {
  it.each([
    [
      'an unknown command',
      ['ingst'],
      'usage.unknown-command',
      /Unknown command 'ingst'\.\n {2}\(Did you mean ingest\?\)/,
    ],
    ['an unknown option', ['ingest', '--lading', 'x'], 'usage.unknown-option', /Unknown option '--lading'/],
    ['a missing option', ['ingest'], 'usage.missing-option', /'--landing <place>' not specified/],
    [
      'a missing value',
      ['ingest', '--landing'],
      'usage.option-missing-argument',
      /--landing <place>' argument missing/,
    ],
    ['an empty folder name', ['ingest', '--landing', ''], 'usage.invalid-argument', /It is empty/],
    ['a missing run id', ['runs', 'show'], 'usage.missing-argument', /missing required argument 'id'/i],
    ['an empty transaction id', ['explain', ' '], 'usage.invalid-argument', /It is empty/],
    ['no dimension file', ['dimensions', 'load'], 'usage.missing-option', /Neither --products nor --customers/],
    ['an unknown shell', ['completion', 'tcsh'], 'usage.invalid-argument', /bash, zsh, fish/],
    ...['list', 'replay', 'dismiss', 'export'].map(
      (name) =>
        [
          `an unknown code, without a database, of rejects ${name}`,
          [
            'rejects',
            name,
            '--code',
            'nope',
            ...(name === 'export' ? ['--out', 'x.csv'] : name === 'dismiss' ? ['--yes'] : []),
          ],
          'rejects.unknown-code',
          /There is no code "nope"\. The codes are:\n.*quantity/s,
        ] as [string, string[], string, RegExp],
    ),
    ['no command', [], 'usage.no-command', /No command was given/],
    ['half a command', ['dimensions'], 'usage.no-command', /that weir dimensions --help lists/],
    ['no thread', ['ingest', '--landing', '.', '--threads', '0'], 'usage.invalid-argument', /from 1 to 64/],
    ['three connections', ['ingest', '--landing', '.', '--connections', '3'], 'usage.invalid-argument', /from 1 to 2/],
    ['no file to transform', ['transform'], 'usage.missing-argument', /missing required argument 'file'/i],
    ['no place for the output', ['transform', 'x.csv'], 'usage.missing-option', /not specified/],
    [
      'batches of no rows',
      ['ingest', '--landing', '.', '--batch-size', '0'],
      'usage.invalid-argument',
      /from 1 to 65536/,
    ],
    [
      'too large batches',
      ['ingest', '--landing', '.', '--batch-size', '65537'],
      'usage.invalid-argument',
      /from 1 to 65536/,
    ],
    ['a fraction of a day', ['generate', '--out', 'x', '--days', '1.5'], 'usage.invalid-argument', /from 1 to 3660/],
    [
      'a day that is none',
      ['generate', '--out', 'x', '--start', '2023-02-30'],
      'usage.invalid-argument',
      /calendar days/,
    ],
    [
      'an unknown profile',
      ['generate', '--out', 'x', '--faults', 'some'],
      'usage.invalid-argument',
      /none, default, heavy/,
    ],
    ['an unknown fault', ['generate', '--out', 'x', '--fault', 'rain=0.1'], 'usage.unknown-fault', /priceNegative/],
    [
      'more faults than rows',
      ['generate', '--out', 'x', '--fault', 'nulBytes=0.999'],
      'datagen.wrong-option',
      /at 1 or less/,
    ],
    ['no address', ['runs', '--database-url', 'localhost'], 'usage.database-url', /postgres:\/\/user:password@host/],
  ])('%s', async (_, args, code, message) => {
    const ended = await run(...args);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^error: /m);
    expect(ended.stderr).toMatch(/^ {2}next: /m);
    expect(ended.stderr).toContain(`code: ${code}`);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(await folder.files('.')).toEqual([]);
  });

  it('is told as one JSON document too where JSON was asked for', async () => {
    const ended = await run('--json', 'ingest', '--lading', 'x');
    expect(ended.code).toBe(2);
    expect(ended.json()).toEqual({
      error: { code: 'usage.unknown-option', message: expect.any(String), remedy: 'See weir ingest --help.' },
    });
  });

  it('is told as JSON where both formats were asked for, which cannot be', async () => {
    const ended = await run('runs', '--csv', '--json');
    expect(ended.json().error).toMatchObject({ code: 'usage.conflicting-option', remedy: 'See weir runs --help.' });
  });

  it('leaves standard output empty where CSV was asked for', async () => {
    const ended = await run('runs', 'show', '--csv');
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('See weir runs show --help.');
  });

  it('never shows a password', async () => {
    const ended = await run('runs', '--database-url', 'mysql://me:s3cret@host/db', '--json');
    expect(ended.code).toBe(2);
    expect(ended.stdout + ended.stderr).not.toContain('s3cret');
    expect(ended.stderr).toContain('is not the address of a Postgres database');
  });
});

describe('a wrong configuration ends with 2', () => {
  const ingest = (...args: string[]) => run('ingest', '--landing', folder.path, ...args);

  it.each([
    [
      'an unknown key',
      '{"policy": {"maxRejectrate": 0.1}}',
      'config.invalid',
      /maxRejectrate.*allowed: .*maxRejectRate/,
    ],
    [
      'a value that is not allowed',
      '{"policy": {\n"decisions":\n"some"}}',
      'config.invalid',
      /policy\.decisions \(line 3, column 1\): .*"all"\|"changes"/,
    ],
    ['broken JSON', '{\n  "landing": here\n}', 'config.not-json', /at line 2, column 14/],
    ['an empty file', '', 'config.not-json', /is not JSON/],
  ])('for %s', async (name, text, code, message) => {
    const path = await folder.write(`config/${name}.json`, text);
    const ended = await ingest('--config', path);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(`code: ${code}`);
    expect(ended.stderr).toMatch(message);
  });

  it.each([
    [['demo']],
    [['generate', '--out', 'made']],
    [['init']],
    [['dimensions', 'load', '--products', 'p.csv']],
    [['watch', '--landing', '.']],
    [['runs']],
    [['runs', 'show', '2023']],
    [['config', 'show']],
  ])('also for %j, before anything is done', async (command) => {
    const path = await folder.write('config/wrong.json', '{"policy": {"statuses": []}}');
    const ended = await run('--config', path, ...command, '--json');
    expect(ended.code).toBe(2);
    expect(ended.json()).toMatchObject({
      error: { code: 'config.invalid' },
      problems: [{ key: 'policy.statuses', line: 1, column: 25 }],
    });
    expect(await folder.files('.weir')).toEqual([]);
  });

  it('for a file that is not there', async () => {
    const ended = await ingest('--config', 'nowhere.json', '--json');
    expect(ended.code).toBe(2);
    expect(ended.json().error).toMatchObject({
      code: 'config.unreadable',
      message: `The configuration ${folder.path}/nowhere.json cannot be read: there is no such file.`,
    });
  });
});

describe('places that overlap end with 2', () => {
  it.each([
    ['the archive inside the landing folder', ['--landing', 'l', '--archive', 'l/archive']],
    ['the landing folder inside the quarantine', ['--landing', 'q/l', '--quarantine', 'q']],
    ['one folder as archive and quarantine', ['--landing', 'l', '--archive', 'a', '--quarantine', './a']],
    ['one bucket as landing place and archive', ['--landing', 's3://shop/in', '--archive', 's3://shop']],
  ])('%s', async (_, args) => {
    const ended = await run('ingest', ...args);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('code: usage.places-overlap');
  });
  it('and so does an archive in S3 beside a landing folder', async () => {
    const ended = await run('ingest', '--landing', 'l', '--archive', 's3://shop-archive', '--json');
    expect(ended).toMatchObject({ code: 2 });
    expect(ended.json().error).toMatchObject({ code: 'usage.places-mixed' });
  });
});
