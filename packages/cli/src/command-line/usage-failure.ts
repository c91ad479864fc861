import type { Command, CommanderError } from 'commander';
import { type CommandError, usageError } from '../errors/command-error.ts';

/** What commander says about a wrong command line, in the form of all failures. */
export function usageFailure(error: CommanderError, args: readonly string[], program: Command): CommandError {
  if (error.code === 'commander.help') {
    return usageError({
      code: 'usage.no-command',
      message: 'No command was given.',
      remedy: `Name one of the commands that ${helpOf(program, args)} lists.`,
    });
  }
  const [said = '', ...hints] = error.message.split('\n');
  return usageError({
    code: `usage.${kebab(error.code.replace('commander.', ''))}`,
    message: [sentence(said.replace(/^error: /, '')), ...hints].join('\n'),
    remedy: `See ${helpOf(program, args)}.`,
  });
}

/** The help of the command that was meant, as far as its words are known. */
function helpOf(program: Command, args: readonly string[]): string {
  let command = program;
  const words = [program.name()];
  for (const arg of args) {
    const next = command.commands.find((candidate) => candidate.name() === arg);
    if (next === undefined) continue;
    command = next;
    words.push(arg);
  }
  return `${words.join(' ')} --help`;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function sentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?)]$/.test(upper) ? upper : `${upper}.`;
}
