import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import { INJECTED_SQL, INJECTED_WORDS } from '../../port-contracts/src/injected-sql.ts';
import { askDatabase } from './support/ask-database.ts';
import { dayFile, HEADER } from './support/csv.ts';
import { runCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

/** As a value of Weir: on one line, as it is stored after blanks around it were taken away. */
const TEXTS = [...INJECTED_SQL, `=cmd|' /C calc'!A0`, '<img src=x onerror=alert(1)>'].map((text) =>
  text.replaceAll('\n', ' ').trim(),
);
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
const TABLES = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`;

describe('SQL, formulas and markup in every string that reaches the command', () => {
  let database: EndToEndDatabase;
  let folder: TemporaryFolder;
  let tables: unknown[];

  const weir = (...args: string[]) =>
    runCommand(args, { cwd: folder.path, env: { WEIR_DATABASE_URL: database.connectionString } });
  const ask = (statement: string) => askDatabase(database.connectionString, statement);

  beforeAll(async () => {
    database = await openEndToEndDatabase();
    folder = await openTemporaryFolder();
    await weir('init');
    tables = await ask(TABLES);
    const [products, customers, rows] = [
      TEXTS.map((text) => [text, text, text, '1.00', text].map(cell)),
      TEXTS.map((text) => [text, text, text, text, text].map(cell)),
      TEXTS.map((text, i) => [text, text, text, '1', '1.00', '2023-03-15', 'Cash', INJECTED_WORDS[i % 4]!].map(cell)),
    ];
    const write = (name: string, header: string, lines: string[][]) =>
      folder.write(name, `${[header, ...lines.map((line) => line.join(','))].join('\n')}\n`);
    await write('products.csv', 'product_id,product_name,category,price,supplier_id', products);
    await write('customers.csv', 'customer_id,first_name,last_name,email,membership_level', customers);
    await write(`landing/${dayFile("x'; DROP TABLE ingest_file; --.csv")}`, `${HEADER},${cell(TEXTS[0]!)}`, [
      ...rows.map((row) => [...row, 'ignored']),
      TEXTS.slice(0, 9).map(cell),
    ]);
    await folder.write(
      'weir.config.json',
      JSON.stringify({ policy: { statuses: INJECTED_WORDS, terminalStatuses: INJECTED_WORDS } }),
    );
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await folder.remove();
  });

  it('is kept as it is, and none of it runs', async () => {
    const load = await weir('dimensions', 'load', '--products', 'products.csv', '--customers', 'customers.csv');
    expect(load).toMatchObject({ code: 0 });
    const ended = await weir('ingest', '--landing', 'landing', '--json');
    expect(ended.json().totals).toMatchObject({ read: TEXTS.length + 1, inserted: TEXTS.length, rejected: 1 });

    const facts = await ask(
      'SELECT transaction_id, customer_id, product_id, product_name, category, supplier_id, membership_level FROM fact_transactions',
    );
    expect(facts.map((fact) => Object.values(fact as object)).sort()).toEqual(
      TEXTS.map((text) => Array.from({ length: 7 }, () => text)).sort(),
    );
    expect(await ask('SELECT first_name, email FROM dim_customers')).toHaveLength(TEXTS.length);
    expect(await ask(TABLES)).toEqual(tables);
  }, 60_000);

  it('finds no run by an id that is SQL, and takes nothing away', async () => {
    for (const id of [`' OR '1'='1`, `'; DROP TABLE ingest_run; --`]) {
      const ended = await weir('runs', 'show', id, '--json');
      expect(ended.json().error.code).toBe('runs.unknown');
    }
    expect((await weir('runs', '--json')).json().runs).toHaveLength(1);
    expect(await ask(TABLES)).toEqual(tables);
  }, 60_000);
});
