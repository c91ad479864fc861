import pg from 'pg';

/** Runs statements in a session of its own, and keeps the session until `end`. */
export async function openSession(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  // The database may be dropped while the session is open.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export async function askDatabase(connectionString: string, statement: string): Promise<unknown[]> {
  const client = await openSession(connectionString);
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
