import { isPortError } from '@weir/core';
import type { DatabasePorts } from '../composition/database-ports.ts';
import { CommandError } from '../errors/command-error.ts';

/** @throws CommandError `demo.database-in-use`: a demo in a database of somebody's would mix made-up facts with real ones */
export async function refuseUsedDatabase(database: DatabasePorts): Promise<void> {
  if (!(await hasTables(database)) || !(await isUsed(database))) return;
  throw new CommandError({
    code: 'demo.database-in-use',
    message: 'The database of --database-url was used before: the demo would mix made-up facts with what it holds.',
    remedy: 'Name an empty database, or leave --database-url out: the demo then has one of its own.',
  });
}

async function hasTables({ schema }: DatabasePorts): Promise<boolean> {
  try {
    await schema.check();
    return true;
  } catch (error) {
    if (isPortError(error) && error.code === 'warehouse.not-initialised') return false;
    throw error;
  }
}

async function isUsed({ facts, history }: DatabasePorts): Promise<boolean> {
  const runs = await history.runs({ limit: 1000 });
  if (runs.some(({ totals }) => totals.read > 0)) return true;
  for await (const batch of facts.facts()) if (batch.length > 0) return true;
  return false;
}
