import type { Screen } from './screen.ts';

/** A heading and lines below it, for people. */
export function section(screen: Screen, title: string, lines: readonly string[]): void {
  screen.say();
  screen.say(screen.colors.bold(title));
  for (const line of lines) screen.say(line);
}
