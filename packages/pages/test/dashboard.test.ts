import { beforeEach, describe, expect, test } from '@jest/globals';
import { PortError } from '@weir/core';
import { buildDelivery, commitDeliveries, type InMemoryWarehouse } from '@weir/core/testing';
import { createDashboard, type DashboardOptions, LiveFeed } from '../src/index.ts';
import { HOSTILE } from './support/hostile.ts';
import { openShop, RUN } from './support/shop.ts';

const HOST = 'localhost:8337';
let warehouse: InMemoryWarehouse;

beforeEach(async () => {
  warehouse = await openShop();
});

function open(options: Partial<DashboardOptions> = {}, live?: LiveFeed) {
  const sources = {
    history: warehouse,
    deliveries: warehouse,
    decisions: warehouse,
    facts: warehouse,
    rejects: warehouse,
    live,
  };
  return createDashboard(sources, {
    classes: ['Small', 'Medium', 'Large'],
    withValues: false,
    isOurHost: (host) => host === HOST,
    describeError: (error) => ({ message: (error as Error).message, remedy: 'Mend it.' }),
    ...options,
  });
}

async function get(path: string, options: Partial<DashboardOptions> = {}): Promise<string> {
  const response = await open(options).request(path, { headers: { Host: HOST } });
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return response.text();
}

/** The address behind a link of that name. */
function linkNamed(page: string, name: string): string | undefined {
  const [, href] = new RegExp(`<a href="([^"]+)"[^>]*>${name}</a>`).exec(page) ?? [];
  return href?.replaceAll('&amp;', '&');
}

test('metrics are answered as Prometheus scrapes them, from what the warehouse holds now', async () => {
  const scrape = async () => {
    const response = await open().request('/metrics', { headers: { Host: HOST } });
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    return Number(/^weir_rows_total\{verdict="inserted"\} (\d+)$/m.exec(await response.text())![1]);
  };
  const before = await scrape();
  await commitDeliveries(warehouse, 'one-more', [
    buildDelivery({ key: 'metrics.csv', rows: [{ transaction_id: 'T-metrics' }] }),
  ]);
  expect(await scrape()).toBe(before + 1);
});

describe('pages', () => {
  test('list runs, newest first, and lead to each', async () => {
    const page = await get('/');
    expect(page.indexOf('20230317T010000Z-bbbbbb')).toBeLessThan(page.indexOf(RUN));
    expect(await get(linkNamed(page, RUN)!)).toContain('4 rows read = 2 inserted + 2 rejected');
    expect(await get(`/runs/${RUN}/amounts`)).toContain('1 transaction, 600.00 in all');
    expect(await get('/?status=succeeded')).not.toContain(RUN);
  });

  test('list files by day and status', async () => {
    const page = await get('/files?from=2023-03-15&to=2023-03-15');
    expect(page).toContain('day/a.csv');
    expect(page).not.toContain('day/c.csv');
    expect(await get('/files?status=refused')).toContain('header-missing-column');
    expect(await get('/files?from=2030-01-01')).toContain('No file.');
  });

  test('show a year of days, that of the newest delivery first, and what is missing between', async () => {
    const page = await get('/days');
    expect(page).toContain('Days of 2023');
    expect(page).toContain('<span class="unseen"> 2023-03-15: 1 loaded, 1 refused, 4 rows, 2 rows rejected</span>');
    expect(page).toContain('16<span class="sign bad" title="nothing delivered">');
    expect(await get('/days?year=1999')).toContain('No file of a day of this year');
  });

  test('list rejects without their values, unless these were asked for', async () => {
    const page = await get('/rejects?code=price-negative&state=open');
    expect(page).toContain('price-negative');
    expect(page).not.toContain('ada@');
    expect(await get('/rejects', { withValues: true })).toContain('ada@example.org');
    expect(await get('/rejects?state=dismissed')).toContain('No reject.');
  });

  test('tell the life of a transaction, without its customer unless that was asked for', async () => {
    const page = await get('/transaction?id=T-1');
    expect(page).toContain('Refunded');
    expect(page).toContain('updated');
    expect(page).not.toContain('C-1');
    expect(await get('/transaction?id=T-1', { withValues: true })).toContain('C-1');
    expect(await get('/transaction?id=T-9')).toContain('No transaction of this id');
  });

  test('show how fast runs were', async () => {
    expect(await get('/throughput')).toMatch(/20230317T010000Z-bbbbbb.*<td class="number">1<\/td>/s);
  });

  test('go on where the page before ended, until nothing is left', async () => {
    for (let i = 0; i < 120; i++) {
      const times = { startedAt: i, committedAt: i + 1 };
      const name = String(i).padStart(3, '0');
      const delivery = buildDelivery({ key: `many/${name}.csv`, sourceDay: '2022-01-01', rejects: [{}] });
      await commitDeliveries(warehouse, `many-${name}`, [delivery], times);
    }
    for (const [path, pattern, all] of [
      ['/', /<a href="\/runs\/[^"]+">(many-\d+)</g, 120],
      ['/files?to=2022-12-31', /<th scope="row">(many\/\d+\.csv)</g, 120],
      ['/rejects?file=many', /./g, 0],
      ['/rejects', /<th scope="row">(many\/\d+\.csv)</g, 120],
    ] as const) {
      const seen: string[] = [];
      for (let next: string | undefined = path, pages = 0; next !== undefined; pages++) {
        expect(pages).toBeLessThan(5);
        const page: string = await get(next);
        seen.push(...[...page.matchAll(pattern)].map(([, name]) => name!));
        next = linkNamed(page, 'Next page');
        if (pages > 0) expect(linkNamed(page, 'First page')).toBe(path);
      }
      if (all > 0) expect([seen.length, new Set(seen).size]).toEqual([all, all]);
    }
  });

  test('say what is wrong with an address', async () => {
    for (const path of ['/?status=good', '/files?from=2023-02-30', '/days?year=x', '/days?year=0', '/rejects?code=x']) {
      const response = await open().request(path, { headers: { Host: HOST } });
      expect({ path, status: response.status }).toEqual({ path, status: 400 });
      expect(await response.text()).toContain('in the address must be');
    }
    for (const path of ['/runs/none', '/runs/none/amounts', '/nothing', '/live/events']) {
      expect((await open().request(path, { headers: { Host: HOST } })).status).toBe(404);
    }
  });

  test('say what happened where the warehouse does not answer', async () => {
    warehouse.runs = async () => {
      throw new PortError({ code: 'warehouse.unreachable', message: 'The <warehouse> does not answer.' });
    };
    const response = await open().request('/', { headers: { Host: HOST } });
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('<p>The &lt;warehouse&gt; does not answer.</p><p>Mend it.</p>');
  });
});

describe('the dashboard', () => {
  test('answers under its own names only', async () => {
    for (const host of ['evil.example', 'evil.example:8337', 'localhost:1', '']) {
      for (const path of ['/', '/assets/live.js', '/nothing']) {
        const response = await open().request(path, { headers: { Host: host } });
        expect(response.status).toBe(421);
        expect(await response.text()).not.toContain('html');
      }
    }
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('does not answer %s', async (method) => {
    const response = await open().request('/', { method, headers: { Host: HOST } });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('lets pages load from here alone, be framed by nobody and be kept nowhere', async () => {
    for (const path of ['/', '/nothing', '/assets/style.css', '/?status=good']) {
      const { headers } = await open().request(path, { headers: { Host: HOST } });
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test.each(HOSTILE)('takes %j as a text, in what it asks and in what it is asked', async (text) => {
    warehouse = await openShop(text);
    const query = encodeURIComponent(text);
    const paths = ['/', `/runs/${RUN}`, '/files', '/rejects', `/rejects?file=${query}`, `/transaction?id=${query}`];
    for (const path of paths) {
      const page = await get(path, { withValues: true });
      expect(page).not.toMatch(/<(script|img|foreignObject)|\son\w+="|\u202e/);
    }
    for (const path of [`/runs/${query}`, `/${query}`, `/files?status=${query}`]) {
      const page = await (await open().request(path, { headers: { Host: HOST } })).text();
      expect(page).not.toMatch(/<(script|img|foreignObject)|\son\w+="|\u202e/);
    }
  });
});

test('a run is told while it works, as events that a browser takes', async () => {
  const live = new LiveFeed();
  const app = open({}, live);
  const page = await (await app.request('/live', { headers: { Host: HOST } })).text();
  expect(page).toContain('src="/assets/live.js"');
  const controller = new AbortController();
  const response = await app.request('/live/events', { headers: { Host: HOST }, signal: controller.signal });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  live.take(JSON.stringify({ kind: 'listed', runId: 'run-1', time: '2023-03-15T00:00:00Z', files: 2, bytes: 10 }));
  const { value } = await reader.read();
  expect(value).toContain('event: run\ndata: {"run":"run-1","phase":"Finding files","files":"0 of 2"');
  await reader.cancel();
  controller.abort();
});
