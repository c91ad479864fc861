import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { Coverage, type FileCounters } from './engine/coverage.ts';
import { fuzzTarget } from './fuzz-loop.ts';

const targets = readdirSync(join(import.meta.dirname, 'targets')).map((name) => name.replace(/\.ts$/, ''));

describe('fuzzing', () => {
  test.each(targets)(
    'from the kept inputs on finds nothing wrong with %s',
    async (target) => {
      const args = [join(import.meta.dirname, 'fuzz.ts'), '--target', target, '--seconds', '2'];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      process.stderr.write(stdout);
      expect(stdout).toMatch(/^[^\n]+: \d+ runs .*, seed \d+; [1-9]\d* kept inputs.* violations: 0\n$/);
    },
    120_000,
  );

  /** Every further byte that is right runs a further statement. */
  function lock(secret: string) {
    const s: Record<string, number> = Object.fromEntries(Array.from(secret, (_, place) => [String(place), 0]));
    const counters: FileCounters = { s, f: {}, b: {} };
    const fuzz = (input: Uint8Array) => {
      const text = Buffer.from(input).toString('latin1');
      for (let length = 1; text.includes(secret.slice(0, length)); length++) {
        if (length === secret.length) throw new Error('open');
        s[String(length)]!++;
      }
    };
    return { target: { fuzz, dictionary: ['x'], maxBytes: 64 }, coverage: new Coverage([counters]) };
  }

  test('finds by coverage what chance alone would not, gives its shortest form, and repeats itself by its seed', async () => {
    const find = () => fuzzTarget(lock('Weir'), { seed: 7, kept: [], goesOn: (runs) => runs < 200_000 });
    const { runs, failure } = await find();
    expect(Buffer.from(failure!.input).toString()).toBe('Weir');
    expect(failure!.error).toMatchObject({ message: 'open' });
    // By chance it would take 256 to the power of four.
    expect(runs).toBeLessThan(200_000);
    expect((await find()).runs).toBe(runs);
  }, 120_000);

  test('keeps of each thing that the code did the shortest input', async () => {
    const { runs, corpus, failure } = await fuzzTarget(lock('Weir'), {
      seed: 7,
      kept: [Buffer.from('some Wei'), Buffer.from('We')],
      goesOn: (ran) => ran < 2,
    });
    expect({ runs, failure }).toEqual({ runs: 2, failure: undefined });
    expect(corpus.inputs.map((input) => Buffer.from(input).toString())).toEqual(['some Wei', 'We']);
    expect(corpus.features).toBe(3);
  });
});
