import type { Command } from 'commander';

/**
 * Like `requiredOption`, but looked for last: of `--lading x`, the misspelt option tells more than the missing one.
 */
export function requireOption(command: Command, flags: string): void {
  const name = /^--([\w-]+)/.exec(flags)![1]!.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  command.hook('preAction', () => {
    if (command.opts()[name] !== undefined) return;
    command.error(`error: required option '${flags}' not specified`, { code: 'commander.missingOption' });
  });
}
