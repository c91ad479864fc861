import { printable } from '@weir/core/text';
import { maskSecrets } from './mask-secrets.ts';

/** Where in the code an error came from, with its causes: a line for each, then its frames. What it says cannot look like one. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return say(String(error));
  const said = `${error.name}: ${error.message}`;
  const { stack = said } = error;
  const frames = (stack.startsWith(said) ? stack.slice(said.length) : stack)
    .split('\n')
    .filter((line) => FRAME.test(line));
  const cause = error.cause === undefined ? [] : [`caused by ${traceOf(error.cause)}`];
  return [say(said), ...frames.map(say), ...cause].join('\n');
}

const FRAME = /^\s+at /;

function say(text: string): string {
  return printable(maskSecrets(text));
}
