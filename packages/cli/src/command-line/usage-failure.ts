import type { CommanderError } from 'commander';
import { type CommandError, usageError } from '../errors/command-error.ts';

/** What commander says about a wrong command line, in the form of all failures. */
export function usageFailure(error: CommanderError, args: readonly string[]): CommandError {
  if (error.code === 'commander.help') {
    return usageError({
      code: 'usage.no-command',
      message: 'No command was given.',
      remedy: `Name one of the commands that ${helpOf(args)} lists.`,
    });
  }
  const [said = '', ...hints] = error.message.split('\n');
  return usageError({
    code: `usage.${kebab(error.code.replace('commander.', ''))}`,
    message: [sentence(said.replace(/^error: /, '')), ...hints].join('\n'),
    remedy: `See ${helpOf(args)}.`,
  });
}

function helpOf(args: readonly string[]): string {
  const command = args.find((arg) => commands.has(arg));
  return command === undefined ? 'weir --help' : `weir ${command} --help`;
}

const commands = new Set(['demo', 'generate', 'init', 'dimensions', 'ingest', 'watch', 'runs']);

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function sentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?)]$/.test(upper) ? upper : `${upper}.`;
}
