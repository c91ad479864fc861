import { openPostgresPool } from '@weir/adapters-local';
import type { Pool, PoolClient } from 'pg';
import { PhaseGate } from './phase-gate.ts';

/** A pool whose connections stop at a gate before they ask for the writers' lock, and before they commit. */
export class GatedPool {
  readonly pool: Pool;
  /** The server's processes behind it. */
  readonly backends: number[] = [];
  /** That of the writer who has the pool now. */
  gate = new PhaseGate();

  constructor(connectionString: string) {
    this.pool = openPostgresPool({ connectionString });
    this.pool.on('connect', (client) => this.#guard(client as PoolClient & { processID: number }));
  }

  #guard(client: PoolClient & { processID: number }): void {
    this.backends.push(client.processID);
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const guarded = (...args: unknown[]) => {
      const phase = phaseOf(args[0]);
      return phase === undefined ? query(...args) : this.gate.arrive(phase).then(() => query(...args));
    };
    Object.assign(client, { query: guarded });
  }
}

function phaseOf(asked: unknown): 'lock' | 'commit' | undefined {
  const text = typeof asked === 'string' ? asked : (asked as { readonly text?: string }).text;
  if (text === 'LOCK TABLE ingest_lock') return 'lock';
  return text === 'COMMIT' ? 'commit' : undefined;
}
