import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, test } from '@jest/globals';
import AXE from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const SCRIPT = fileURLToPath(new URL('../../../../scripts/chromium.sh', import.meta.url));

/**
 * Tests in a real Chromium, where the machine has one; under WEIR_BROWSER=1 they fail where it has none, and under
 * WEIR_BROWSER=0 they are left out.
 */
export function describeBrowser(title: string, body: () => void): void {
  const wanted = process.env.WEIR_BROWSER;
  const missing = execFileSync(SCRIPT, ['missing'], { encoding: 'utf8' }).trim();
  if (wanted !== '0' && (wanted === '1' || missing === '')) {
    describe(title, body);
    return;
  }
  const why = wanted === '0' ? 'WEIR_BROWSER=0 leaves them out' : `this machine lacks ${missing}`;
  process.stderr.write(`${title}: skipped, ${why}\n`);
  test.skip(`${title}: skipped, ${why}`, () => undefined);
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = execFileSync(SCRIPT, { encoding: 'utf8' }).trim();
  return await chromium.launch({ executablePath });
}

export interface WatchedPage {
  readonly page: Page;
  /** What the browser complained about: errors of scripts, what the content security policy stopped, what did not load. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => {
    // The stream of a live page ends with the page.
    if (!request.url().endsWith('/live/events')) complaints.push(`${request.url()} ${request.failure()?.errorText}`);
  });
  return { page, complaints, close: () => context.close() };
}

/** What axe finds wrong with the page, in the words of its rules. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE.source);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof AXE };
    const { violations } = await axe.run();
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  return found.map((barrier) => barrier.slice(0, 1000));
}
