import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import { askDatabase } from './support/ask-database.ts';
import { CUSTOMERS, dayFile, PRODUCTS, transactions } from './support/csv.ts';
import { type RunningCommand, runCommand, startCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

let database: EndToEndDatabase;
let folder: TemporaryFolder;
let watching: RunningCommand | undefined;

beforeAll(async () => {
  database = await openEndToEndDatabase();
  folder = await openTemporaryFolder();
  await folder.write('products.csv', PRODUCTS);
  await folder.write('customers.csv', CUSTOMERS);
  await weir('init');
  await weir('dimensions', 'load', '--products', 'products.csv', '--customers', 'customers.csv');
  await folder.remove();
});
afterAll(() => database.close());
beforeEach(async () => {
  folder = await openTemporaryFolder();
  await mkdir(folder.in('landing'));
});
afterEach(async () => {
  watching?.child.kill('SIGKILL');
  await folder.remove();
});

const setting = () => ({ cwd: folder.path, env: { WEIR_DATABASE_URL: database.connectionString } });
const weir = (...args: string[]) => runCommand(args, setting());
const land = (name: string, content: string) => folder.write(`landing/${dayFile(name)}`, content);

async function watch(...args: string[]): Promise<RunningCommand> {
  watching = startCommand(['watch', '--landing', 'landing', '--json', ...args], setting());
  await watching.says(/Watching .*landing, with a sweep/);
  return watching;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look at what they expect
const documents = (text: string): any[] =>
  text
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('weir watch', () => {
  it('ingests what lies there, then what lands, one JSON line a run, and ends with 0 at Ctrl-C', async () => {
    await land('before.csv', transactions('before', 2));
    const command = await watch('--archive', 'archive', '--events', 'events.ndjson', '--sweep-seconds', '3600');
    await command.says(/before\.csv.*\n/);
    await land('after.csv', transactions('after', 3));
    await command.says(/"inserted":3.*\n/);
    command.child.kill('SIGINT');
    const { code, stdout, stderr } = await command.end;
    expect(code).toBe(0);
    expect(stderr).toContain('Watching ended');
    expect(documents(stdout)).toMatchObject([
      { totals: { inserted: 2 }, archived: 1 },
      { totals: { inserted: 3 }, archived: 1 },
    ]);
    expect(await folder.files('archive')).toEqual([dayFile('after.csv'), dayFile('before.csv')]);
    const events = documents(await readFile(folder.in('events.ndjson'), 'utf8'));
    expect(events.filter(({ kind }) => kind === 'run-ended')).toMatchObject([
      { totals: { inserted: 2 } },
      { totals: { inserted: 3 } },
    ]);
  });

  it('waits until a file is whole', async () => {
    const command = await watch('--sweep-seconds', '3600');
    const [start, end] = [transactions('grows', 4).slice(0, 200), transactions('grows', 4).slice(200)];
    const path = await land('grows.csv', start);
    for (const part of end.match(/[\s\S]{1,20}/g) ?? []) {
      await sleep(250);
      await appendFile(path, part);
    }
    await command.says(/"runId".*\n/);
    command.child.kill('SIGTERM');
    const { code, stdout } = await command.end;
    expect(code).toBe(0);
    expect(documents(stdout)).toMatchObject([{ totals: { read: 4, inserted: 4 } }]);
  });

  it('takes a refused file up once while it is unchanged, and again when it is mended', async () => {
    const command = await watch('--sweep-seconds', '1');
    await land('mended.csv', 'a,b\n1,2\n');
    await command.says(/"refused".*\n/);
    await sleep(2500);
    expect(documents(command.stdout())).toHaveLength(1);
    await land('mended.csv', transactions('mended', 1));
    await command.says(/"loaded".*\n/);
    command.child.kill('SIGINT');
    const { stdout } = await command.end;
    expect(documents(stdout).map(({ files }) => files[0].status)).toEqual(['refused', 'loaded']);
  });

  it('tells that the database is gone, and loads at a later sweep when it is back', async () => {
    const command = await watch('--sweep-seconds', '1', '--archive', 'archive');
    await askDatabase(database.connectionString, 'ALTER TABLE ingest_file RENAME TO gone');
    await land('patient.csv', transactions('patient', 2));
    await command.says(/the next sweep tries again/);
    expect(await folder.files('landing')).toEqual([dayFile('patient.csv')]);
    await askDatabase(database.connectionString, 'ALTER TABLE gone RENAME TO ingest_file');
    await command.says(/"inserted":2.*\n/);
    command.child.kill('SIGINT');
    const { code, stdout } = await command.end;
    expect(code).toBe(0);
    expect(documents(stdout)[0]).toEqual({
      error: { code: 'warehouse.not-initialised', message: expect.any(String), remedy: expect.any(String) },
    });
    expect(await folder.files('archive')).toEqual([dayFile('patient.csv')]);
  });

  it('refuses to begin on a folder that does not exist', async () => {
    const ended = await weir('watch', '--landing', 'nowhere', '--json');
    expect(ended.code).toBe(1);
    expect(ended.json().error.code).toBe('landing.not-found');
  });
});
