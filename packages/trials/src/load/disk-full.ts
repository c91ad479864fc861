import { chown, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialResult } from '../trial.ts';
import { LoadShop, rowsFile } from './load-shop.ts';
import type { OwnServer } from './own-server.ts';
import { SmallDisk } from './small-disk.ts';

const ROWS = 20_000;
const ARCHIVE_KIB = 4 * 1024;
const FACTS_KIB = 32 * 1024;

/** The disk of the archive, then that of the facts, is full; with room again, the next run does what was left. */
export async function tryFullDisks(server: OwnServer, folder: string): Promise<TrialResult> {
  const tries = { archive: fullArchive, facts: fullFacts };
  const violations: string[] = [];
  for (const [name, tryIt] of Object.entries(tries)) {
    const shop = await LoadShop.open(join(folder, name), await server.createDatabase(`full ${name}`));
    try {
      const found = await tryIt(shop);
      if (typeof found === 'string') return { counted: `full disks: skipped, ${found}`, violations };
      violations.push(...found.map((what) => `the disk of the ${name} was full: ${what}`));
    } finally {
      await shop.close();
    }
  }
  return { counted: `full disks: of the ${Object.keys(tries).join(', of the ')}`, violations };
}

type Found = readonly string[] | string;

/** What is committed stays so, and the file stays where it landed. */
async function fullArchive(shop: LoadShop): Promise<Found> {
  const disk = await SmallDisk.open(shop.in('archive'), ARCHIVE_KIB);
  if (typeof disk === 'string') return disk;
  const before = await shop.countFacts();
  try {
    await shop.deliver([rowsFile('15', 'archive', ROWS)]);
    await disk.fill();
    const end = await shop.ingest();
    const violations: string[] = [];
    if (end.code !== 1) violations.push(`the run ended with ${end.code}`);
    if (!end.stdout.includes('archive.write-failed') || !end.stdout.includes('the disk is full'))
      violations.push(`it told ${end.stdout}`);
    if ((await shop.placed('landing')).length !== 1) violations.push('the file is not where it landed');
    if ((await shop.countFacts()) !== before + ROWS) violations.push('the rows are not committed');
    await disk.makeRoom();
    return [...violations, ...(await goesOn(shop, before + ROWS))];
  } finally {
    await disk.close();
  }
}

/** Nothing is committed, and the file stays where it landed. */
async function fullFacts(shop: LoadShop): Promise<Found> {
  const disk = await SmallDisk.open(`${shop.path}-facts`, FACTS_KIB);
  if (typeof disk === 'string') return disk;
  const { pool } = shop;
  const before = await shop.countFacts();
  try {
    const place = join(disk.path, 'tablespace');
    await mkdir(place);
    const { data_directory } = (await pool.query('SHOW data_directory')).rows[0];
    const { uid, gid } = await stat(data_directory);
    await chown(place, uid, gid);
    await pool.query(`CREATE TABLESPACE small LOCATION '${place}'`);
    await pool.query('ALTER TABLE fact_transactions SET TABLESPACE small');
    await shop.deliver([rowsFile('16', 'facts', ROWS)]);
    await disk.fill();
    const end = await shop.ingest();
    const violations: string[] = [];
    if (end.code !== 1) violations.push(`the run ended with ${end.code}`);
    if (!end.stdout.includes('warehouse.disk-full')) violations.push(`it told ${end.stdout}`);
    if ((await shop.placed('landing')).length !== 1) violations.push('the file is not where it landed');
    if ((await shop.countFacts()) !== before) violations.push('something was committed');
    await disk.makeRoom();
    violations.push(...(await goesOn(shop, before + ROWS)));
    await pool.query('ALTER TABLE fact_transactions SET TABLESPACE pg_default');
    await pool.query('DROP TABLESPACE small');
    return violations;
  } finally {
    await disk.close();
  }
}

async function goesOn(shop: LoadShop, facts: number): Promise<readonly string[]> {
  const { code, stderr } = await shop.ingest();
  const violations = code === 0 ? [] : [`with room again, the run ended with ${code}: ${stderr}`];
  if ((await shop.countFacts()) !== facts) violations.push('with room again, rows are missing');
  return [...violations, ...(await shop.findBroken())];
}
