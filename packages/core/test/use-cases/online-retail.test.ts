import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { addBooks } from '../../src/ports/books.ts';
import type { IngestReport } from '../../src/ports/ingest-report.ts';
import { CONTENT_COLUMNS } from '../../src/rules/decide-upsert.ts';
import {
  FixedClock,
  InMemoryDimensionCatalog,
  InMemoryFileStore,
  InMemoryLandingZone,
  InMemoryWarehouse,
} from '../../src/testing/index.ts';
import { ingestRun } from '../../src/use-cases/ingest-run.ts';
import { loadDimensions } from '../../src/use-cases/load-dimensions.ts';
import { describeShared, sharedPath, withUnpacked } from '../support/shared-data.ts';
import { readFacts, unpacker, withTransformer } from '../support/world.ts';

interface Expected {
  readonly read: number;
  readonly rejected: number;
  readonly rejects_by_code: Readonly<Record<string, number>>;
  readonly facts: number;
  readonly total_amount: string | number;
  readonly by_class: Readonly<Record<string, number>>;
  readonly by_status: Readonly<Record<string, number>>;
  readonly facts_sha256: string;
  readonly files: Readonly<Record<string, { readonly read: number; readonly rejected: number }>>;
}

const FACT_FIELDS = ['transaction_id', ...CONTENT_COLUMNS] as const;

describeShared('online-retail', 'a hundred days of a real shop', () => {
  test('give the facts and the counts of an independent program', async () => {
    const expected = JSON.parse(readFileSync(sharedPath('online-retail/expected.json'), 'utf8')) as Expected;
    const landing = new InMemoryLandingZone();
    const archive = new InMemoryFileStore(landing);
    const warehouse = new InMemoryWarehouse();
    const dimensions = new InMemoryDimensionCatalog();

    await withUnpacked('online-retail/days-001-100.tar.xz', async (folder) => {
      const root = join(folder, 'landing');
      for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        landing.put(path.slice(root.length + 1), readFileSync(path), Math.floor(statSync(path).mtimeMs));
      }
      const loaded = await loadDimensions(
        { dimensions, unpacker },
        (['products', 'customers'] as const).map((dimension) => ({
          dimension,
          name: `${dimension}.csv`,
          chunks: createReadStream(join(folder, 'dimensions', `${dimension}.csv`)),
        })),
      );
      expect(loaded.kind).toBe('loaded');
    });
    const policy = parsePolicy({ decisions: 'none' });
    const ports = withTransformer({ landing, archive, warehouse, dimensions, unpacker, clock: new FixedClock() });
    // Ten runs: each takes the next ten files in the order of their keys, which is that of their days.
    const keys = Object.keys(expected.files).sort();
    const reports: IngestReport[] = [];
    for (let first = 0; first < keys.length; first += 10) {
      const wanted = new Set(keys.slice(first, first + 10));
      reports.push(await ingestRun(ports, { runId: `run-${first}`, policy, wants: ({ key }) => wanted.has(key) }));
    }
    for (const report of reports) expect(report).toMatchObject({ archived: 10, notMoved: [], warnings: [] });
    expect(await ingestRun(ports, { runId: 'last', policy })).toMatchObject({ files: [] });

    const all = reports.flatMap(({ files }) => files);
    expect(addBooks(all)).toMatchObject({ read: expected.read, rejected: expected.rejected, inserted: expected.facts });
    const files = all.map(({ key, read, rejected }) => [key, { read, rejected }]);
    expect(Object.fromEntries(files)).toEqual(expected.files);
    const codes = all.flatMap(({ rejectsByCode }) => Object.entries(rejectsByCode));
    expect(sumUp(codes)).toEqual(expected.rejects_by_code);

    const facts = await readFacts(warehouse);
    expect(facts).toHaveLength(expected.facts);
    expect(sumUp(facts.map((fact) => [fact.amount_class, 1]))).toEqual(expected.by_class);
    expect(sumUp(facts.map((fact) => [fact.status, 1]))).toEqual(expected.by_status);
    const total = facts.reduce((sum, fact) => sum + BigInt(fact.total_amount.replace('.', '')), 0n);
    expect(total).toBe(BigInt(Number(expected.total_amount).toFixed(2).replace('.', '')));
    const digest = createHash('sha256');
    for (const fact of facts) digest.update(`${FACT_FIELDS.map((field) => fact[field]).join('\u001f')}\n`);
    expect(digest.digest('hex')).toBe(expected.facts_sha256);
  }, 120_000);
});

function sumUp(entries: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count] of entries) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}
