import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../../../../shared/data');

/** A path in the shared data, which lies beside the checkout and is never copied into it. */
export function sharedPath(...parts: readonly string[]): string {
  return join(ROOT, ...parts);
}

/** Tests that need a part of the shared data. Without it they are skipped and say so; under CI=true they fail. */
export function describeShared(part: string, title: string, body: () => void): void {
  if (existsSync(sharedPath(part))) {
    describe(title, body);
  } else if (process.env.CI === 'true') {
    test(`${title}: needs ../shared/data/${part}`, () => {
      throw new Error(`../shared/data/${part} is missing beside the checkout`);
    });
  } else {
    const notice = `${title}: skipped, ../shared/data/${part} is missing beside the checkout`;
    // Not the console: jest keeps what a file says to itself where all its tests are skipped.
    process.stderr.write(`${notice}\n`);
    test.skip(notice, () => undefined);
  }
}

/** Unpacks a shared archive, modification times kept, hands over the folder and removes it. */
export async function withUnpacked<T>(archive: string, use: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-shared-'));
  try {
    execFileSync('tar', ['-xJf', sharedPath(archive), '-C', folder]);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
