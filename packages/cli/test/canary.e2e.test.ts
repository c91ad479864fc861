import { mkdir, readFile, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import { CANARY, expectNoCanary, findCanaries } from '../../core/test/support/canary.ts';
import { askDatabase } from './support/ask-database.ts';
import { dayFile, HEADER, PRODUCTS } from './support/csv.ts';
import { type CommandEnd, runCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

const { email, firstName, lastName, password } = CANARY;
const PERSON = `C1,${firstName},${lastName},${email},Gold\n`;
const CUSTOMERS = `customer_id,first_name,last_name,email,membership_level\n${PERSON}`;
/** Columns out of place, as a shop that exports wrongly would deliver them. */
const MIXED_UP = [
  `T1,C1,P1,2,4.50,2023-03-15,Cash,Completed`,
  `T2,${email},P1,1,4.50,2023-03-15,Cash,Completed`,
  `T3,C1,${firstName} ${lastName},1,4.50,2023-03-15,Cash,Completed`,
  `T4,C1,P1,${email},${lastName},${firstName},${email},${lastName}`,
  `T5,C1,P1,1,4.50,2023-03-15,Cash,Completed,${email}`,
  `T6,"${email},P1,1,4.50,2023-03-15,Cash,Completed`,
  `${email.repeat(3)},C1,P1,1,4.50,2023-03-15,Cash,Completed`,
];
/** Where programs are told what runs do. */
const TELLS = ['--events', 'told/events.ndjson', '--openlineage', 'told/lineage.ndjson'];

let database: EndToEndDatabase;
let folder: TemporaryFolder;
/** All that any command said, by its command line. */
const told = new Map<string, string>();

beforeAll(async () => {
  database = await openEndToEndDatabase();
  folder = await openTemporaryFolder();
});
afterAll(async () => {
  await database.close();
  await folder.remove();
});

/** With everything that debugging tells; under --json a failure is told for people as well. */
async function weir(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CommandEnd> {
  const setting = {
    cwd: folder.path,
    env: { WEIR_DATABASE_URL: database.connectionString, WEIR_DEBUG: '1', ...env },
  };
  const ended = await runCommand(args, setting);
  told.set(`${told.size + 1}. weir ${args.join(' ').replace(password, '...')}`, ended.stdout + ended.stderr);
  return ended;
}

const load = (customers: string) =>
  weir(['dimensions', 'load', '--products', 'products.csv', '--customers', customers, '--json']);
const ingest = (...more: string[]) =>
  weir(['ingest', '--landing', 'landing', '--archive', 'archive', '--quarantine', 'quarantine', ...TELLS, ...more]);
const ask = (statement: string) => askDatabase(database.connectionString, statement);
const everythingIn = async (table: string) => JSON.stringify(await ask(`SELECT * FROM ${table}`), null, 1);

describe('names, addresses and passwords of people stay where they belong', () => {
  it('while dimension files are refused, whatever is wrong with them', async () => {
    await weir(['init']);
    await folder.write('products.csv', PRODUCTS);
    const bad: Record<string, string> = {
      'no-header.csv': PERSON,
      'cut.csv': `${CUSTOMERS}C2,${firstName},${lastName},${email}\n`,
      'twice.csv': `${CUSTOMERS}C1,${firstName}2,${lastName},${email},Gold\n`,
      'long.csv': `${CUSTOMERS}C3,${firstName},${lastName},${email.repeat(20)},Gold\n`,
      'quotes.csv': `${CUSTOMERS}C4,"${firstName},${lastName},${email},Gold\n`,
      'header.csv': `${email},${email},${PERSON}`,
      'not-gzip.csv.gz': CUSTOMERS,
    };
    await Promise.all(
      Object.entries(bad).map(async ([name, content]) => {
        expect(await load(await folder.write(`bad/${name}`, content))).toMatchObject({ code: 1 });
      }),
    );
    expectNoCanary(told);
  }, 120_000);

  it('while dimensions are loaded, and the database refuses rows by a rule of its own', async () => {
    await ask(`ALTER TABLE dim_customers ADD CONSTRAINT no_gold CHECK (membership_level <> 'Gold')`);
    await folder.write('customers.csv', CUSTOMERS);
    expect(await load('customers.csv')).toMatchObject({ code: 1 });
    await ask('ALTER TABLE dim_customers DROP CONSTRAINT no_gold');
    await ask(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'not %', NEW.email USING HINT = NEW.last_name; END $$`);
    await ask('CREATE TRIGGER refuse BEFORE INSERT ON dim_customers FOR EACH ROW EXECUTE FUNCTION refuse()');
    expect(await load('customers.csv')).toMatchObject({ code: 1 });
    await ask('DROP TRIGGER refuse ON dim_customers');
    expect(await load('customers.csv')).toMatchObject({ code: 0 });
    expectNoCanary(told);
  }, 60_000);

  it('while files with them in every column are loaded, refused, and fail', async () => {
    await mkdir(folder.in('told'));
    await ask(`ALTER TABLE ingest_reject ADD CONSTRAINT none CHECK (source_line = 0)`);
    await folder.write(`landing/${dayFile('mixed-up.csv')}`, `${[HEADER, ...MIXED_UP].join('\n')}\n`);
    expect(await ingest()).toMatchObject({ code: 1 });
    await ask('ALTER TABLE ingest_reject DROP CONSTRAINT none');
    await folder.write(`landing/${dayFile('customers.csv')}`, CUSTOMERS);
    await folder.write(`landing/${dayFile('no-header.csv')}`, `${MIXED_UP.slice(1).join('\n')}\n`);
    const ended = await ingest('--json');
    expect(ended.json()).toMatchObject({ totals: { read: 7, inserted: 1, rejected: 6 }, quarantined: 2 });
    expect(await ingest()).toMatchObject({ code: 0 });
    for (const json of [[], ['--json']]) {
      const runs = await weir(['runs', ...json]);
      expect(runs.code).toBe(0);
      const [{ run_id: id }] = (await ask(`SELECT run_id FROM ingest_run WHERE read > 0`)) as [{ run_id: string }];
      expect(await weir(['runs', 'show', id, ...json])).toMatchObject({ code: 0 });
    }
    for (const name of await folder.files('told')) told.set(name, await readFile(folder.in('told', name), 'utf8'));
    expect([...told.keys()]).toEqual(expect.arrayContaining(['events.ndjson', 'lineage.ndjson']));
    expectNoCanary(told);
  }, 120_000);

  it('in the tables: rejects keep the record as it was delivered, and nothing else does', async () => {
    const open = new Map<string, string>();
    for (const table of ['fact_transactions', 'ingest_run', 'ingest_file', 'ingest_decision', 'dim_products']) {
      open.set(table, await everythingIn(table));
    }
    expectNoCanary(open);
    expect(findCanaries(await everythingIn('ingest_reject'))).toHaveLength(6);
    expect(findCanaries(await everythingIn('dim_customers'))).toHaveLength(3);
  });

  it('when they stand in a configuration that is wrong', async () => {
    const wrong = [
      `{"password":"${password}"`,
      `{"policy":{"statuses":["${email}","${email}"]}}`,
      `{"policy":{"maxRejectRate":"${password}"}}`,
      `{"policy":{"decisions":"${password}","amountClasses":[{"name":"${email.repeat(3)}"}]}}`,
      `${password}`,
      `{"policy":"${password}"}`,
      `{"database":{"postgres":{"url":"postgres://weir:${password}@host/shop"}}}`,
      `{"database":{"postgres":{"url":"postgres://weir@host/shop?password=${password}"}}}`,
      `{"database":{"postgres":{"url":"postgres://weir@host/shop","password":"${password}"}}}`,
      `{"profiles":{"prod":{"database":{"redshift":{"secretArn":"${password}"}}}}}`,
    ];
    await Promise.all(
      wrong.map(async (text, i) => {
        const path = await folder.write(`config-${i}.json`, text);
        expect(await weir(['runs', '--config', path, '--json'])).toMatchObject({ code: 2 });
      }),
    );
    const path = await folder.write('weir.config.ts', `export default { landing: "${password}" `);
    expect(await weir(['runs', '--config', path, '--json'])).toMatchObject({ code: 2 });
    await rm(path);
    expectNoCanary(told);
  }, 60_000);

  it('and a password need not stand in the address; where none is given, that is told at once', async () => {
    const url = new URL(database.connectionString);
    const PGPASSWORD = decodeURIComponent(url.password);
    url.password = '';
    expect(await weir(['runs', '--json'], { WEIR_DATABASE_URL: url.href, PGPASSWORD })).toMatchObject({ code: 0 });
    const without = await weir(['runs', '--json'], { WEIR_DATABASE_URL: url.href });
    expect(without.json().error).toMatchObject({ code: 'warehouse.login-refused' });
  }, 40_000);

  it('when they stand in the address of the database, right or wrong', async () => {
    const right = new URL(database.connectionString);
    right.password = password;
    const addresses = [
      right.href,
      `postgres://weir:${password}@127.0.0.1:1/weir`,
      `postgres://weir:${password} x@127.0.0.1:1/weir`,
      `postgres://weir:${password}@127.0.0.1:1/weir?sslmode=${password}`,
      `postgres://weir@127.0.0.1:1/weir?password=${password}`,
      `postgres://weir:${password}@[::bad/weir`,
      `mysql://weir:${password} x@127.0.0.1/weir`,
      `weir:${password}@127.0.0.1/weir`,
      `host=127.0.0.1 password = '${password}'`,
    ];
    await Promise.all(
      addresses.map(async (address, i) => {
        const ended =
          i % 2 === 0
            ? weir(['init', '--json'], { WEIR_DATABASE_URL: address })
            : weir(['runs', '--json', '--database-url', address]);
        expect((await ended).code).not.toBe(0);
      }),
    );
    expect(await weir(['init', '--json'])).toMatchObject({ code: 0 });
    expectNoCanary(told);
    expect([...told.values()].join('\n')).not.toContain(new URL(database.connectionString).password);
    console.info(
      `Canaries: looked for in all that ${told.size} commands told, ${[...told.values()].join('').length} characters.`,
    );
  }, 120_000);
});
