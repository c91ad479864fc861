import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const HEAD = `import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';`;
const SMALL = Array.from({ length: 12 }, (_, n) => n);
const FILES = {
  'src/shared.mjs': `export const seen = [];`,
  'test/support.mjs': `export const own = [];`,
  'test/a.test.mjs': `${HEAD}
    import { seen } from '../src/shared.mjs';
    import { own } from './support.mjs';
    test('holds', () => { seen.push(1); own.push(1); expect([1, { a: 2 }]).toEqual([expect.any(Number), { a: 2 }]); });
    test('fails', () => expect({ a: 1 }).toEqual({ a: 2 }));
    test('throws', async () => { throw new TypeError('thrown'); });
    test('hangs', () => new Promise(() => {}), 50);
    test.failing('is known to fail', () => expect(1).toBe(2));
    test.failing('is known to fail, and does not', () => {});
    test.each([1, 2])('has cases, %d', (n) => expect(n).toBeLessThan(2));
    test.skip('is left out', () => expect(1).toBe(2));
    describe('behind a hook that throws', () => {
      beforeAll(() => { throw new Error('hook'); });
      test('fails', () => {});
    });
  `,
  'test/b.test.mjs': `${HEAD}
    import { seen } from '../src/shared.mjs';
    import { own } from './support.mjs';
    test('shares modules with other files', () => expect(seen).toEqual([1]));
    test('shares none that lies with the tests', () => expect(own).toEqual([]));
    test('has timers that jest moves', () => {
      jest.useFakeTimers();
      let rung = false;
      setTimeout(() => { rung = true; }, 60_000);
      jest.advanceTimersByTime(60_000);
      jest.useRealTimers();
      expect(rung).toBe(true);
    });
  `,
  'test/c.test.mjs': `import '../src/missing.mjs';`,
  ...Object.fromEntries(
    SMALL.map((n) => [
      `test/d${n}.test.mjs`,
      `${HEAD}
    import { getHeapStatistics, setFlagsFromString } from 'node:v8';
    import { runInNewContext } from 'node:vm';
    test('finds what belonged to the files before gone', () => {
      setFlagsFromString('--expose-gc');
      runInNewContext('gc')();
      // One a file, and some are still to be collected.
      expect(getHeapStatistics().number_of_native_contexts).toBeLessThan(${SMALL.length});
    });
  `,
    ]),
  ),
};

describe('tests that Node loads', () => {
  let folder;
  let results;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-jest-'));
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const runtime = fileURLToPath(new URL('native-runtime.mjs', import.meta.url));
    const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
    const config = { rootDir: folder, runtime, testMatch: ['**/*.test.mjs'], transform: {}, cache: false };
    const out = join(folder, 'results.json');
    const args = ['--experimental-vm-modules', jest, '-i', '--json', '--outputFile', out, '-c', JSON.stringify(config)];
    const { status } = spawnSync(process.execPath, args, { cwd: folder, stdio: 'ignore', timeout: 60_000 });
    assert.equal(status, 1);
    results = JSON.parse(readFileSync(out, 'utf8')).testResults;
  });
  after(() => rmSync(folder, { recursive: true }));

  const found = (name) => {
    const { assertionResults } = results.find((result) => result.name.endsWith(name));
    return Object.fromEntries(assertionResults.map(({ fullName, status }) => [fullName, status]));
  };

  test('are told as they end', () => {
    assert.deepEqual(found('a.test.mjs'), {
      holds: 'passed',
      fails: 'failed',
      throws: 'failed',
      hangs: 'failed',
      'is known to fail': 'passed',
      'is known to fail, and does not': 'failed',
      'has cases, 1': 'passed',
      'has cases, 2': 'failed',
      'is left out': 'pending',
      'behind a hook that throws fails': 'failed',
    });
  });

  test('share modules, but those of tests', () => {
    assert.deepEqual(new Set(Object.values(found('b.test.mjs'))), new Set(['passed']));
    assert.equal(Object.keys(found('b.test.mjs')).length, 3);
  });

  test('leave nothing behind', () => {
    for (const n of SMALL) {
      assert.deepEqual(found(`d${n}.test.mjs`), { 'finds what belonged to the files before gone': 'passed' });
    }
  });

  test('are told where they cannot be loaded', () => {
    const { status, message } = results.find((result) => result.name.endsWith('c.test.mjs'));
    assert.equal(status, 'failed');
    assert.match(message, /missing\.mjs/);
  });
});
