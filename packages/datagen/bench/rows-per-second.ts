/**
 * Prints rows a second and the peak of memory for 1 and 10 million rows over three days.
 *
 *     node packages/datagen/bench/rows-per-second.ts [millions of rows ...]
 *
 * Each size runs in a process of its own, since the peak of a process never falls.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultProfiles, generate } from '../src/index.ts';

const DAYS = 3;
const [first, ...others] = process.argv.slice(2);

if (first === '--one') {
  await measure(Number(others[0]));
} else {
  for (const millions of [first ?? '1', ...(first ? others : ['10'])]) {
    spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--one', millions], { stdio: 'inherit' });
  }
}

async function measure(millions: number): Promise<void> {
  const out = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  try {
    const started = performance.now();
    const report = await generate({
      out,
      days: DAYS,
      rowsPerDay: Math.round((millions * 1e6) / DAYS),
      products: 10_000,
      customers: 100_000,
      seasonality: false,
      faults: { ...faultProfiles.default, redeliveredFiles: 0, correctedFiles: 0 },
    });
    const seconds = (performance.now() - started) / 1000;
    const megabytes = process.resourceUsage().maxRSS / 1024;
    const rate = Math.round(report.rows / seconds).toLocaleString('en');
    console.log(`${report.rows.toLocaleString('en')} rows in ${seconds.toFixed(2)} s`);
    console.log(`  ${rate} rows/s, peak ${megabytes.toFixed(0)} MB, ${(report.bytes / 1e6).toFixed(0)} MB of CSV`);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
