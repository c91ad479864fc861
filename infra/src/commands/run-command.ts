import { Command, CommanderError } from 'commander';
import { CommandError } from './command-error.ts';

export const PLACES = {
  /** Where templates and assets are written, from the root of the checkout. */
  assembly: '.weir/cdk.out',
  /** Where a deployment leaves its outputs. */
  outputs: '.weir/aws-outputs.json',
} as const;

/** Runs one command with the arguments of this process and ends it with 0, 1 (failed) or 2 (wrong usage). */
export async function runCommand(define: (command: Command) => void): Promise<void> {
  const command = new Command().allowExcessArguments(false).exitOverride();
  command.option('--stage <name>', 'names this deployment among others of the account', 'prod');
  define(command);
  try {
    await command.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else if (error instanceof CommandError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = error.exitCode;
    } else if (isFromAws(error)) {
      process.stderr.write(`AWS refused: ${error.message} (${error.name})\n`);
      process.exitCode = 1;
    } else {
      throw error;
    }
  }
}

/** The clients of the SDK give every error of a service this mark. */
function isFromAws(error: unknown): error is Error {
  return error instanceof Error && '$metadata' in error;
}
