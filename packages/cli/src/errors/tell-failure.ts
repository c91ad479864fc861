import { printable } from '../output/printable.ts';
import type { Screen } from '../output/screen.ts';
import { describeFailure } from './failure.ts';
import { maskSecrets } from './mask-secrets.ts';

/** Tells of a failure in the one form that all failures have; as JSON too where JSON was asked for. Returns the exit code. */
export function tellFailure(screen: Screen, error: unknown, isDebugging: boolean): number {
  const { code, message, remedy, exitCode, document } = describeFailure(error);
  const { red, bold, dim } = screen.errorColors;
  const [first, ...rest] = message.split('\n').map(printable);
  screen.note(`${red(bold('error:'))} ${first}`);
  for (const line of rest) screen.note(`  ${line}`);
  if (remedy !== undefined) screen.note(`  ${bold('next:')} ${printable(remedy)}`);
  screen.note(dim(`  code: ${code}`));
  if (isDebugging) screen.note(maskSecrets(traceOf(error)));
  screen.document({ error: { code, message, remedy: remedy ?? null }, ...document });
  return exitCode;
}

function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${traceOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
