import type { Pool } from 'pg';
import { PostgresSessions } from './postgres-sessions.ts';

/**
 * Makes the first connection of a pool, which is idle then: who asks next need not wait for it.
 *
 * @throws PortError `warehouse.unreachable`, `warehouse.login-refused` and the like
 */
export async function signIn(pool: Pool): Promise<void> {
  (await new PostgresSessions(pool).open('signing in')).end(true);
}
