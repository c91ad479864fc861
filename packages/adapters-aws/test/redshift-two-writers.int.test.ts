import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { buildDelivery, commitDeliveries, type Delivery } from '@weir/core/testing';
import { openRedshift, type RedshiftSubject } from './support/redshift-subject.ts';

let subject: RedshiftSubject;

beforeEach(async () => {
  subject = await openRedshift();
}, 60_000);
afterEach(() => subject.close());

const deliver = (n: number): Delivery =>
  buildDelivery({
    key: `${n}.csv`,
    sourceModified: n,
    rows: Array.from({ length: 20 }, (_, i) => ({ transaction_id: `T-${i}`, quantity: n })),
  });

test.each([1, 2])('writers with the same new keys in other files give one row each: round %d', async () => {
  const committed = await Promise.all(
    [1, 2, 3, 4].map((n) => commitDeliveries(subject.openWarehouse(), `run-${n}`, [deliver(n)])),
  );
  expect(committed.reduce((sum, { files }) => sum + files[0]!.books.inserted, 0)).toBe(20);
  expect(await subject.query('SELECT COUNT(*)::int AS n, MIN(quantity) AS least FROM fact_transactions')).toEqual([
    { n: 20, least: 4 },
  ]);
});

// What the lock is for: if this ever fails, the simulator has become too kind, and the test above proves nothing.
test('writers that take their snapshot before they look double the keys', async () => {
  const insert = (n: number) =>
    [
      `CREATE TEMPORARY TABLE mine (version INTEGER NOT NULL)`,
      `INSERT INTO mine (version) SELECT ${n}`,
      // Holds both transactions open until each has its snapshot.
      `UPDATE mine SET version = version`,
      `LOCK TABLE ingest_lock`,
      `INSERT INTO weir_schema (version, applied_at) SELECT 77, GETDATE() FROM mine LEFT JOIN weir_schema w ON w.version = 77 WHERE w.version IS NULL`,
    ].map((text, i) => ({ name: `statement-${i}`, text, parameters: [] }));
  let doubled = false;
  for (let round = 1; round <= 20 && !doubled; round++) {
    await subject.query('DELETE FROM weir_schema WHERE version = 77');
    await Promise.all([1, 2, 3, 4].map((n) => subject.administrator.attempt(insert(n), randomUUID())));
    const [found] = await subject.query('SELECT COUNT(*)::int AS n FROM weir_schema WHERE version = 77');
    doubled = (found!.n as number) > 1;
  }
  expect(doubled).toBe(true);
});

test('facts are of one state while more is committed', async () => {
  await commitDeliveries(subject.warehouse, 'run-1', [deliver(1)]);
  const committing = (async () => {
    for (let n = 2; n <= 5; n++) await commitDeliveries(subject.openWarehouse(), `run-${n}`, [deliver(n)]);
  })();
  const states: number[] = [];
  for (let i = 0; i < 6; i++) {
    const quantities: number[] = [];
    for await (const facts of subject.facts.facts()) quantities.push(...facts.map(({ quantity }) => quantity));
    expect(quantities).toHaveLength(20);
    expect(new Set(quantities).size).toBe(1);
    states.push(quantities[0]!);
  }
  await committing;
  expect(states).toEqual([...states].sort((a, b) => a - b));
});
