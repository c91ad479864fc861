import { expect, test } from '@jest/globals';
import { openEndToEndDatabase } from '@weir/adapters-local/testing';
import pg from 'pg';

test('end-to-end tests get a Postgres 17 of their own, in a container where there is an engine', async () => {
  const database = await openEndToEndDatabase();
  const client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
              (SELECT count(*)::integer FROM pg_tables WHERE schemaname = 'public') AS tables`,
    );

    expect(rows).toEqual([{ version: expect.stringMatching(/^17\./), encoding: 'UTF8', tables: 0 }]);
    if (process.env.WEIR_E2E_DOCKER === '1') expect(database.kind).toBe('container');
  } finally {
    await client.end();
    await database.close();
  }
});
