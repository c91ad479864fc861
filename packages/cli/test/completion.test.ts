import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { buildProgram } from '../src/command-line/build-program.ts';
import { bashScript } from '../src/completion/bash-script.ts';
import { fishScript } from '../src/completion/fish-script.ts';
import { readGrammar } from '../src/completion/read-grammar.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

const silent = { write: () => true };
const program = buildProgram(async () => undefined, { stdout: silent, stderr: silent });
const grammar = readGrammar(program);

describe('help', () => {
  it.each(commandsBelow(program).map((command) => [command]))('of %s ends with examples', (name) => {
    expect(helpOf(name)).toMatch(/\nExamples:\n {2}\$ (weir|echo) [^\n]+(\n {2}\$ [^\n]+)*\n$/);
    expect(helpOf(name)).toContain('--database-url');
  });
});

describe('in bash, Tab', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await openTemporaryFolder();
    mkdirSync(join(folder.path, 'my landing'));
    await folder.write('policy.json', '{}');
  });
  afterAll(() => folder.remove());

  /** What bash would offer behind these words, the last of which is being typed. */
  const complete = (...words: string[]) => {
    const typed = ['weir', ...words].map((word) => `'${word}'`).join(' ');
    const script = `${bashScript(grammar)}
      COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _weir_completion 2> /dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { cwd: folder.path, encoding: 'utf8' }).split('\n').filter(Boolean);
  };

  it('offers commands', () => {
    expect(complete('in')).toEqual(['init', 'ingest']);
    expect(complete('runs', 's')).toEqual(['show']);
  });
  it('offers the options of the command, and those of every command', () => {
    expect(complete('ingest', '--fail')).toEqual(['--fail-on-rejects']);
    expect(complete('ingest', '--c')).toEqual(['--connections', '--config', '--csv']);
    expect(complete('init', '--li')).toEqual([]);
  });
  it('offers the words that a value may be', () => {
    expect(complete('generate', '--faults', '')).toEqual(['none', 'default', 'heavy']);
    expect(complete('generate', '--faults', '=', 'h')).toEqual(['heavy']);
    expect(complete('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });
  it('offers folders or files where a value is one, with blanks in their names too', () => {
    expect(complete('--json', 'ingest', '--landing', 'm')).toEqual(['my landing']);
    expect(complete('ingest', '--config', '')).toEqual(expect.arrayContaining(['my landing', 'policy.json']));
    expect(complete('transform', 'p')).toEqual(['policy.json']);
  });
  it('offers nothing where a value is free', () => expect(complete('demo', '--days', '')).toEqual([]));
  it('evaluates nothing that was typed', () => {
    expect(complete('$(touch made)', '--landing', '$(touch made)')).toEqual([]);
    expect(complete('')).not.toContain('made');
    expect(complete('transform', 'made')).toEqual([]);
  });
});

describe('in fish', () => {
  const lines = fishScript(grammar).split('\n');

  it('each command offers its own options with what they are for', () => {
    expect(lines).toContain(
      `complete -c weir -n '__weir_at "weir ingest"' -l fail-on-rejects -d 'exit code 3 where a row was rejected'`,
    );
    expect(lines).toContain(
      `complete -c weir -n '__weir_at "weir generate"' -l faults -d 'how much goes wrong' -x -a 'none default heavy'`,
    );
    expect(lines).toContain(`complete -c weir -n '__weir_at "weir runs"' -a 'show' -d 'the books of one run'`);
    expect(lines).toContain(`complete -c weir -n '__weir_at "weir transform"' -F`);
  });
  it('quotes are escaped', () => {
    const made = new Command('weir').helpOption(false).option('--x', `Anna's \\ place`);
    expect(fishScript(readGrammar(made))).toContain(`-d 'Anna\\'s \\\\ place'`);
  });
});

function commandsBelow(command: Command, path: readonly string[] = []): string[] {
  return [path.join(' '), ...command.commands.flatMap((sub) => commandsBelow(sub, [...path, sub.name()]))];
}

/** As it is printed, with what is added behind. */
function helpOf(name: string): string {
  let text = '';
  let command = buildProgram(async () => undefined, {
    stdout: { write: (more) => (text += more) },
    stderr: silent,
  });
  for (const word of name.split(' ').filter(Boolean)) command = command.commands.find((sub) => sub.name() === word)!;
  command.outputHelp();
  return text;
}
