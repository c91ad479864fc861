import { createInterface } from 'node:readline';
import type { Session } from '../session.ts';

/** Whether there is somebody to ask: question and answer need a terminal, the document on standard output none. */
export function canAsk({ stdin, screen }: Session): boolean {
  return stdin.isTTY === true && screen.stderr.isTTY === true;
}

/** Asks a question that is answered by yes or no; whatever is not yes is no. */
export async function confirm({ stdin, screen, interruption }: Session, question: string): Promise<boolean> {
  screen.stderr.write(question);
  const lines = createInterface({ input: stdin, terminal: false });
  try {
    const answer = await interruption.race(
      new Promise<string>((resolve) => {
        lines.once('line', resolve);
        lines.once('close', () => resolve(''));
      }),
    );
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    lines.close();
  }
}
