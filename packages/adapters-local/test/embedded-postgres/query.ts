import pg from 'pg';

export async function query(connectionString: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Whether a server takes connections there. */
export async function answers(connectionString: string): Promise<boolean> {
  return await query(connectionString, 'SELECT 1').then(
    () => true,
    () => false,
  );
}

/** Waits until it no longer answers: after a signal there is nothing else to wait for. */
export async function stopsAnswering(connectionString: string): Promise<boolean> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    if (!(await answers(connectionString))) return true;
  }
  return false;
}
