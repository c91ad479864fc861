/**
 * The least that one connection takes for ready-made rows:  node floor.mjs DATABASE_URL ROWS
 *
 * COPY into a temporary stage, ANALYZE, one MERGE, one transaction. Nothing is read, checked, joined or recorded.
 */
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';

const [connectionString, rows] = process.argv.slice(2);
const statement = (name) => readFileSync(join(import.meta.dirname, name), 'utf8');

const client = new pg.Client({ connectionString });
await client.connect();
await client.query('BEGIN');
await client.query(statement('stage.sql'));
await pipeline(createReadStream(rows, { highWaterMark: 1 << 20 }), client.query(from('COPY stage FROM STDIN')));
await client.query('ANALYZE stage (transaction_id)');
await client.query('SET LOCAL enable_hashjoin = off');
await client.query(statement('merge.sql'));
await client.query('COMMIT');
await client.end();
