import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Writer } from './writer.ts';

/** Between two looks whether a writer waits for the lock. */
const LOCK_LOOK_MS = 5;

/** One writer's turn: its name, and the phase that the schedule means it to do. */
export interface Turn {
  readonly writer: 'A' | 'B';
  readonly phase: string;
}

/** Phases of a writer, as the turns of a schedule. */
export function turnsOf(writer: 'A' | 'B', phases: readonly string[]): readonly Turn[] {
  return phases.map((phase) => ({ writer, phase }));
}

export function nameTurns(turns: readonly Turn[]): string {
  return turns.map(({ writer, phase }) => `${writer}.${phase}`).join(' ');
}

/**
 * Gives the writers their turns, and waits after each until nobody moves: every writer waits at its gate, has ended, or waits
 * for the lock that the other one holds. A turn of one that waits for the lock is kept until it has it.
 *
 * @param look what readers do between any two turns
 */
export async function play(
  turns: readonly Turn[],
  writers: Readonly<Record<'A' | 'B', Writer>>,
  observer: Pool,
  look: () => Promise<void>,
): Promise<void> {
  const all = Object.values(writers);
  const settle = async () => {
    for (const writer of all) {
      while (!(await isStill(writer, observer))) await Promise.race([writer.gate.still, sleep(LOCK_LOOK_MS)]);
    }
  };
  await settle();
  for (const { writer } of turns) {
    writers[writer].gate.permit();
    // Twice: whoever stopped last may have let the other one go on.
    await settle();
    await settle();
    await look();
  }
  for (const { gate } of all) gate.open();
  await Promise.all(all.map(({ end }) => end));
  await look();
}

async function isStill({ gate, connections }: Writer, observer: Pool): Promise<boolean> {
  if (gate.isEnded || gate.waitingFor !== undefined) return true;
  if (gate.phase !== 'lock') return false;
  const waiting = await observer.query(
    `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = to_regclass('ingest_lock') AND pid = ANY($1)`,
    [connections.backends],
  );
  return waiting.rows.length > 0;
}
