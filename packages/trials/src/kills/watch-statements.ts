import pg from 'pg';
import { killAt } from './kill-at.ts';
import type { ExternalCall, MomentOf } from './kill-point.ts';

/** Statements that change nothing which outlives their session. */
const READING = /^\s*(SELECT|SET|RESET|SHOW|ANALYZE)\b/i;

/** Statements whose effect outlives their session; the temporary tables of a stage do not. */
const LASTING = /^\s*(COMMIT|CREATE (?!TEMP)|DROP)\b/i;

/** Counts what is asked of a database server, with the parts of a COPY. */
export function watchStatements(momentOf: MomentOf): void {
  const client = pg.Client.prototype;
  killAt(client, 'connect', momentOf, () => ({ name: 'connect', changes: false, lasts: false }));
  killAt(client, 'query', momentOf, (_, [asked]) => {
    if (isCopyIn(asked)) watchCopy(asked, momentOf);
    return describe(asked);
  });
}

interface Asked {
  readonly text: string;
}

function describe(asked: unknown): ExternalCall {
  const text = typeof asked === 'string' ? asked : (asked as Asked).text;
  return { name: text.replaceAll(/\s+/g, ' ').slice(0, 60), changes: !READING.test(text), lasts: LASTING.test(text) };
}

function isCopyIn(asked: unknown): asked is Asked & { write: unknown } {
  return typeof asked === 'object' && asked !== null && 'write' in asked;
}

function watchCopy(stream: Asked, momentOf: MomentOf): void {
  for (const name of ['write', 'end'])
    killAt(stream, name, momentOf, () => ({ name: `COPY ${name}`, changes: true, lasts: false }));
}
