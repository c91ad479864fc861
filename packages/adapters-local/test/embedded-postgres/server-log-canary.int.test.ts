import { randomBytes } from 'node:crypto';
import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '@weir/adapters-local/testing';
import pg from 'pg';
import { from } from 'pg-copy-streams';

/** A server of somebody else has settings of its own. */
const isOurServer = process.env.WEIR_TEST_DATABASE_URL === undefined;
const secret = `canary-${randomBytes(6).toString('hex')}@example.org`;

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await openTestDatabase();
  client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.close();
});

(isOurServer ? test : test.skip)('the log of the server holds no row that it refused', async () => {
  const mark = randomBytes(6).toString('hex');
  await client.query(
    `CREATE TABLE "t_${mark}" (id INT PRIMARY KEY, email TEXT CONSTRAINT "c_${mark}" CHECK (email = ''))`,
  );
  const refused = [
    () => client.query(`INSERT INTO "t_${mark}" VALUES (1, '${secret}')`),
    () => client.query(`INSERT INTO "t_${mark}" VALUES (1, $1)`, [secret]),
    async () => {
      const copy = client.query(from(`COPY "t_${mark}" FROM STDIN`));
      copy.end(`1\t${secret}\n`);
      await finished(copy);
    },
  ];
  for (const refuse of refused) await expect(refuse()).rejects.toThrow(`c_${mark}`);

  const { rows } = await client.query(`SELECT pg_read_file('server.log') AS log`);
  const log = rows[0].log as string;
  expect(log.match(new RegExp(`violates check constraint "c_${mark}"`, 'g'))).toHaveLength(refused.length);
  expect(log).not.toContain(secret);
});
