import { createInterface } from 'node:readline/promises';
import { CommandError, type CommandFault } from '../errors/command-error.ts';
import type { Session } from '../session.ts';

/**
 * Asks a question that only `y` or `yes` answers.
 *
 * @throws CommandError `unasked`, where there is nobody to ask
 */
export async function confirm(
  { screen, interruption }: Session,
  question: string,
  unasked: CommandFault,
): Promise<boolean> {
  const { stdin, stderr } = process;
  if (screen.format !== 'text' || stdin.isTTY !== true || stderr.isTTY !== true) throw new CommandError(unasked);
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal: interruption.signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
