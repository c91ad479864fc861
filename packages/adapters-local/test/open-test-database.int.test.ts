import { expect, test } from '@jest/globals';
import { openTestDatabase } from '@weir/adapters-local/testing';
import pg from 'pg';

test('every call opens an empty database of its own', async () => {
  const [first, second] = await Promise.all([openTestDatabase(), openTestDatabase()]);
  try {
    await query(first.connectionString, 'CREATE TABLE t (id integer)');

    const seen = await query(second.connectionString, `SELECT to_regclass('t') AS name`);

    expect(seen).toEqual([{ name: null }]);
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
});

test('a closed database is gone, even if somebody is still connected to it', async () => {
  const database = await openTestDatabase();
  const forgotten = new pg.Client({ connectionString: database.connectionString });
  forgotten.on('error', () => {});
  await forgotten.connect();

  await database.close();

  await expect(query(database.connectionString, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
});

async function query(connectionString: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
