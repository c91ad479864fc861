import type { Command } from 'commander';
import { bashScript } from '../completion/bash-script.ts';
import { fishScript } from '../completion/fish-script.ts';
import { readGrammar } from '../completion/read-grammar.ts';
import { zshScript } from '../completion/zsh-script.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { membersOf } from '../output/column.ts';
import type { Session } from '../session.ts';

export type Shell = keyof typeof SCRIPTS;

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

export interface CompletionOptions {
  readonly shell: Shell;
  readonly program: Command;
}

export async function printCompletion({ screen }: Session, { shell, program }: CompletionOptions): Promise<number> {
  const script = SCRIPTS[shell](readGrammar(program)).trimEnd();
  screen.document({ shell, script });
  screen.records(membersOf('shell', 'script'), [{ shell, script }]);
  screen.say(script);
  return EXIT_CODE.done;
}
