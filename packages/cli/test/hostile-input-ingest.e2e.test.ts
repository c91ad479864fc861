import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dayFile } from './support/csv.ts';
import { HOSTILE_DELIVERIES } from './support/hostile-deliveries.ts';
import { openReadyShop, type Shop } from './support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openReadyShop();
});
afterAll(() => shop.close());

const weir = (...args: string[]) => shop.weir(...args);
const ask = (statement: string) => shop.ask(statement);

it('of a run over hostile files every good row is stored, every bad record is kept, and no file disappears', async () => {
  for (const { name, content } of HOSTILE_DELIVERIES) await shop.folder.write(`landing/${dayFile(name)}`, content);
  const places = ['--landing', 'landing', '--archive', 'archive', '--quarantine', 'quarantine'];
  const { code, json } = await weir('ingest', ...places, '--json');
  expect(code).toBe(3);

  const report = json();
  for (const { name, refused, status, rejects = {}, ids = [] } of HOSTILE_DELIVERIES) {
    const file = report.files.find(({ key }: { key: string }) => key === dayFile(name));
    const rejected = Math.max(0, ...Object.values(rejects));
    expect(file).toMatchObject({
      key: dayFile(name),
      status: refused === undefined ? (status ?? 'loaded') : 'refused',
      ...(refused === undefined
        ? { rejectsByCode: rejects, rejected, read: rejected + ids.length, inserted: ids.length }
        : { problem: { code: refused } }),
    });
  }

  const facts = await ask('SELECT transaction_id AS id FROM fact_transactions');
  expect(facts.map((fact) => (fact as { id: string }).id).sort()).toEqual(
    HOSTILE_DELIVERIES.flatMap(({ ids = [] }) => ids).sort(),
  );
  const binary = HOSTILE_DELIVERIES.reduce((sum, { binary: count = 0 }) => sum + count, 0);
  expect(await ask(`SELECT count(*)::int AS n FROM ingest_reject WHERE raw_encoding = 'base64'`)).toEqual([
    { n: binary },
  ]);
  const rejected = await ask('SELECT source_key, raw_record, raw_encoding FROM ingest_reject');
  for (const reject of rejected as { source_key: string; raw_record: string; raw_encoding: string }[]) {
    const { content } = HOSTILE_DELIVERIES.find(({ name }) => dayFile(name) === reject.source_key)!;
    const raw = Buffer.from(reject.raw_record, reject.raw_encoding === 'base64' ? 'base64' : 'utf8');
    expect(Buffer.from(content).includes(raw)).toBe(true);
  }
  const isRefused = ({ refused }: { refused?: string }) => refused !== undefined;
  const names = (of: (delivery: (typeof HOSTILE_DELIVERIES)[number]) => boolean) =>
    HOSTILE_DELIVERIES.filter(of)
      .map(({ name }) => dayFile(name))
      .sort();
  expect(await shop.folder.files('landing')).toEqual([]);
  expect(await shop.folder.files('quarantine')).toEqual(names(isRefused));
  expect(await shop.folder.files('archive')).toEqual(names((delivery) => !isRefused(delivery)));
  process.stderr.write(
    `${HOSTILE_DELIVERIES.length} hostile files, ${facts.length} good rows, ${rejected.length} rejects\n`,
  );
}, 60_000);
