import { printable } from '@weir/core/text';
import type { Screen } from '../output/screen.ts';
import { describeFailure } from './failure.ts';
import { traceOf } from './trace-of.ts';

/** Tells of a failure in the one form that all failures have; as JSON too where JSON was asked for. Returns the exit code. */
export function tellFailure(screen: Screen, error: unknown, isDebugging: boolean): number {
  const { code, message, lines, remedy, exitCode, document } = describeFailure(error);
  const { red, bold, dim } = screen.errorColors;
  const [first, ...rest] = lines;
  screen.note(`${red(bold('error:'))} ${first}`);
  for (const line of rest) screen.note(`  ${line}`);
  if (remedy !== undefined) screen.note(`  ${bold('next:')} ${printable(remedy)}`);
  screen.note(dim(`  code: ${code}`));
  if (isDebugging) screen.note(traceOf(error));
  screen.document({ error: { code, message, remedy: remedy ?? null }, ...document });
  return exitCode;
}
