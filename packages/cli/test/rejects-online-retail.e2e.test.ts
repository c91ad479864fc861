import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openPostgresPool, PostgresFactReader } from '@weir/adapters-local';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import { describeShared, sharedPath, withUnpacked } from '../../core/test/support/shared-data.ts';
import { digestFacts } from '../src/demo/digest-facts.ts';
import { runCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

describeShared('online-retail/days-001-100.tar.xz', 'rejects of 100 days of a real shop', () => {
  const expected = JSON.parse(readFileSync(sharedPath('online-retail', 'expected.json'), 'utf8'));
  let database: EndToEndDatabase;
  let folder: TemporaryFolder;
  let products: string;
  let loaded: { readonly rejected: number; readonly rejectsByCode: Readonly<Record<string, number>> };

  const weir = (...args: string[]) =>
    runCommand([...args, '--database-url', database.connectionString, '--json'], { cwd: folder.path });

  /** All days, with about a sixth of the products missing. */
  beforeAll(async () => {
    database = await openEndToEndDatabase();
    folder = await openTemporaryFolder();
    await withUnpacked('online-retail/days-001-100.tar.xz', async (source) => {
      products = await readFile(join(source, 'dimensions/products.csv'), 'utf8');
      await folder.write('customers.csv', await readFile(join(source, 'dimensions/customers.csv')));
      await folder.write('all-products.csv', products);
      await folder.write('some-products.csv', products.split('\n').filter(isKept).join('\n'));
      expect((await weir('init')).code).toBe(0);
      const files = ['--products', 'some-products.csv', '--customers', 'customers.csv'];
      expect((await weir('dimensions', 'load', ...files)).code).toBe(0);
      const ingested = (await weir('ingest', '--landing', join(source, 'landing'))).json();
      const byCode: Record<string, number> = {};
      for (const { rejectsByCode } of ingested.files) {
        for (const [code, count] of Object.entries(rejectsByCode)) byCode[code] = (byCode[code] ?? 0) + Number(count);
      }
      loaded = { rejected: ingested.totals.rejected, rejectsByCode: byCode };
    });
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await folder.remove();
  });

  it('are counted as the run counted them', async () => {
    expect(loaded.rejected).toBeGreaterThan(expected.rejected);
    const { total, byCode, rejects } = (await weir('rejects', 'list', '--limit', '5')).json();
    expect({ total, byCode }).toEqual({ total: loaded.rejected, byCode: loaded.rejectsByCode });
    expect(rejects).toHaveLength(5);
  });

  it('heal when the products that are missing come: the facts are those of products first', async () => {
    const { rejects } = (await weir('dimensions', 'load', '--products', 'all-products.csv')).json();
    expect(rejects.read).toBe(loaded.rejectsByCode['product-unknown']);
    expect(rejects.healed).toBe(loaded.rejected - expected.rejected);
    expect(await digest()).toEqual({ facts: expected.facts, sha256: expected.facts_sha256 });
    const { total, byCode } = (await weir('rejects', 'list')).json();
    expect({ total, byCode }).toEqual({ total: expected.rejected, byCode: expected.rejects_by_code });
  }, 60_000);

  it('stay as they are where they are read again, and nothing is written', async () => {
    const replay = (await weir('rejects', 'replay')).json();
    expect(replay).toMatchObject({ read: expected.rejected, unchanged: expected.rejected, runs: [] });
  }, 60_000);

  it('are exported, each with its line and its faults', async () => {
    const code = ['--code', 'product-unknown'];
    const { rejects } = (await weir('rejects', 'export', ...code, '--out', 'unknown.csv')).json();
    expect(rejects).toBe(expected.rejects_by_code['product-unknown']);
    const text = await readFile(folder.in('unknown.csv'), 'utf8');
    expect(text.match(/\n/g)).toHaveLength(rejects + 1);
    expect((await weir('rejects', 'export', '--out', 'all.csv')).json().rejects).toBe(expected.rejected);
  }, 60_000);

  it('are dismissed by code', async () => {
    const dismissed = (await weir('rejects', 'dismiss', '--code', 'customer-id-blank', '--yes')).json();
    expect(dismissed).toEqual({ dismissed: expected.rejects_by_code['customer-id-blank'] });
    expect((await weir('rejects', 'list', '--code', 'customer-id-blank')).json().total).toBe(0);
  }, 60_000);

  async function digest() {
    const pool = openPostgresPool({ connectionString: database.connectionString });
    try {
      const { facts, sha256 } = await digestFacts(new PostgresFactReader({ pool }));
      return { facts, sha256 };
    } finally {
      await pool.end();
    }
  }
});

/** The header, and five of six products by chance that is the same each time. */
function isKept(line: string, place: number): boolean {
  return place === 0 || line === '' || createHash('sha256').update(line).digest()[0]! % 6 > 0;
}
