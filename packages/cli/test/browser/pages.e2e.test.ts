import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import type { Browser } from 'playwright-core';
import { CUSTOMERS, HEADER, PRODUCTS } from '../support/csv.ts';
import { describeBrowser, findBarriers, launchBrowser, openPage } from '../support/describe-browser.ts';
import { type RunningCommand, runCommand, startCommand } from '../support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts';

/** Names and values that would be markup. */
const HOSTILE = `"><img src=x onerror=globalThis.hacked=1>`;
const SCREENS = [
  { name: 'wide-light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'narrow-dark', viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
] as const;

const DAYS = 40;

describeBrowser('pages in a browser', () => {
  let database: EndToEndDatabase;
  let folder: TemporaryFolder;
  let browser: Browser;
  let server: RunningCommand;
  let url: string;
  let runId: string;
  const weir = (...args: string[]) =>
    runCommand([...args, '--database-url', database.connectionString], { cwd: folder.path });

  beforeAll(async () => {
    // One after the other: what is open when another fails must be known to afterAll.
    database = await openEndToEndDatabase();
    folder = await openTemporaryFolder();
    browser = await launchBrowser();
    await folder.write('products.csv', `${PRODUCTS}P2,<b>Pan</b>,Kitchen,4.50,S1\n`);
    await folder.write('customers.csv', CUSTOMERS);
    for (let day = 0; day < DAYS; day++) await folder.write(`landing/${keyOf(day)}`, fileOf(day));
    await folder.write(`landing/${dirname(keyOf(3))}/${HOSTILE}.csv`, `${HEADER},"<i>notes</i>"\n${row('H-1', 3)},x\n`);
    await folder.write(`landing/${dirname(keyOf(5))}/refused.csv`, 'transaction_id,price\n1,2\n');
    expect(await weir('init')).toMatchObject({ code: 0 });
    expect(
      await weir('dimensions', 'load', '--products', 'products.csv', '--customers', 'customers.csv'),
    ).toMatchObject({ code: 0 });
    const places = ['--landing', 'landing', '--archive', 'archive', '--quarantine', 'quarantine'];
    runId = (await weir('ingest', ...places, '--json')).json().runId;
    await folder.write(`landing/${dirname(keyOf(9))}/later.csv`, `${HEADER}\n${row('D1-1', 9, 'Refunded')}\n`);
    expect(await weir('ingest', ...places)).toMatchObject({ code: 0 });
    server = startCommand(
      ['serve', '--port', '0', '--events', 'run.ndjson', '--json', '--database-url', database.connectionString],
      { cwd: folder.path },
    );
    await server.says(/"url"/);
    url = JSON.parse(server.stdout()).url;
  }, 120_000);

  afterAll(async () => {
    server?.child.kill('SIGTERM');
    const ended = await server?.end;
    await Promise.all([browser?.close(), database?.close(), folder?.remove()]);
    expect(ended).toMatchObject({ code: 0 });
  });

  const paths = () => ({
    runs: '',
    run: `runs/${runId}`,
    amounts: `runs/${runId}/amounts`,
    files: 'files',
    days: 'days',
    rejects: 'rejects',
    transaction: 'transaction?id=D1-1',
    throughput: 'throughput',
    live: 'live',
    missing: 'nothing-here',
  });

  describe.each(SCREENS)('on a screen that is $name', ({ name, ...screen }) => {
    test.each(Object.keys(paths()))('%s can be used by everybody, and is kept within its width', async (path) => {
      const { page, complaints, close } = await openPage(browser, screen);
      await page.goto(url + paths()[path as keyof ReturnType<typeof paths>]);
      expect(await findBarriers(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
      const expected = path === 'missing' ? [expect.stringContaining('404')] : [];
      expect(complaints).toEqual(expected);
      await keep(page, `${path}-${name}`);
      await close();
    });

    test('the report of a run can be used by everybody, from its file alone', async () => {
      const { page, complaints, close } = await openPage(browser, { ...screen, offline: true });
      expect(await weir('report', runId, '--out', 'report.html', '--with-values')).toMatchObject({ code: 0 });
      await page.goto(`file://${folder.in('report.html')}`);
      expect(await findBarriers(page)).toEqual([]);
      expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(complaints).toEqual([]);
      expect(await page.locator('figure, .chart svg').count()).toBeGreaterThan(3);
      await keep(page, `report-${name}`);
      await close();
    });
  });

  test('every page is reached and left by the keyboard alone', async () => {
    const { page, close } = await openPage(browser, SCREENS[0]);
    await page.goto(url);
    const focused = () => page.evaluate('document.activeElement.textContent.trim()');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('To the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.goto(url);
    for (const name of ['Runs', 'Files', 'Days', 'Rejects', 'Transaction', 'Throughput', 'Live']) {
      await page.keyboard.press('Tab');
      if (name === 'Runs') await page.keyboard.press('Tab');
      expect(await focused()).toBe(name);
    }
    await close();
  });

  test('charts follow light and dark', async () => {
    const { page, close } = await openPage(browser, SCREENS[0]);
    await page.goto(`${url}runs/${runId}`);
    const color = () => page.evaluate(`getComputedStyle(document.querySelector('.chart svg text')).fill`);
    const light = await color();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await color()).not.toBe(light);
    await close();
  });

  test('a run that works in another process is followed while it works', async () => {
    const { page, complaints, close } = await openPage(browser, SCREENS[0]);
    await page.goto(`${url}live`);
    const tell = (event: Record<string, unknown>) =>
      appendFile(
        folder.in('run.ndjson'),
        `${JSON.stringify({ version: 1, time: new Date().toISOString(), runId: HOSTILE, ...event })}\n`,
      );
    await tell({ kind: 'run-started', operation: 'ingest' });
    await tell({ kind: 'listed', files: 2, bytes: 1000 });
    await tell({ kind: 'file-started', key: HOSTILE, size: 600 });
    await tell({ kind: 'file-progress', key: HOSTILE, bytes: 300, rows: 7 });
    await page.getByText('Reading rows').waitFor();
    await page.getByText('300 B of 1.0 kB').waitFor();
    expect(await page.locator('[data-live="file"]').textContent()).toBe(HOSTILE);
    await keep(page, 'live-reading');
    await tell({ kind: 'run-ended', status: 'succeeded' });
    await page.getByText('Ended: succeeded').waitFor();
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    expect(complaints).toEqual([]);
    await close();
  });
});

/** For eyes: where WEIR_SCREENSHOTS names a folder. */
async function keep(page: { screenshot(options: object): Promise<unknown> }, name: string): Promise<void> {
  const place = process.env.WEIR_SCREENSHOTS;
  if (place === undefined) return;
  await mkdir(place, { recursive: true });
  await page.screenshot({ path: join(place, `${name}.png`), fullPage: true });
}

function dateOf(day: number): string {
  return new Date(Date.UTC(2023, 1, 10 + day)).toISOString().slice(0, 10);
}

function keyOf(day: number): string {
  const [year, month, date] = dateOf(day).split('-');
  return `transactions/year=${year}/month=${month}/day=${date}/transactions_${dateOf(day)}.csv`;
}

function row(id: string, day: number, status = 'Completed', price = '4.50'): string {
  return `${id},C1,P1,${(day % 7) + 2},${price},${dateOf(day)},Cash,${status}`;
}

/** A day of good rows of all classes, with some that break a rule. */
function fileOf(day: number): string {
  const good = Array.from({ length: 20 }, (_, i) => row(`D${day}-${i}`, day, 'Completed', `${(i % 5) * 40 + 4}.50`));
  const bad = [row(`B${day}-1`, day, 'Lost'), row(`B${day}-2`, day, 'Completed', '-1'), `B${day}-3,C7,P9,0,x,y,z,`];
  return `${[HEADER, ...good, ...bad.slice(0, day % 4)].join('\n')}\n`;
}
