import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keyWithHash, keyWithoutHash } from '../../src/index.ts';

const DIGITS = '4f2c81d09a77';
const HASH = `sha256:${DIGITS}${'0'.repeat(52)}`;

describe('the key in a name with a hash', () => {
  test.each([
    ['day/a.csv', `day/a.${DIGITS}.csv`],
    ['a.csv.gz', `a.${DIGITS}.csv.gz`],
    ['a.b.csv', `a.b.${DIGITS}.csv`],
    ['none', `none.${DIGITS}`],
  ])('is %s in %s', (key, name) => {
    expect(keyWithHash(key, HASH)).toBe(name);
    expect(keyWithoutHash(name)).toEqual({ key, digits: DIGITS });
  });

  test('is found whatever the key is', () => {
    const part = fc.stringMatching(/^[a-zA-Z0-9.=_ -]{1,20}$/);
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '.csv', '.CSV.gz', '.gz'),
        (parts, ending) => {
          const key = `${parts.join('/')}${ending}`;
          expect(keyWithoutHash(keyWithHash(key, HASH))?.digits).toBeDefined();
          const name = keyWithHash(key, HASH);
          const found = keyWithoutHash(name)!;
          expect(keyWithHash(found.key, found.digits)).toBe(name);
        },
      ),
    );
  });

  test.each([
    'a.csv',
    `${DIGITS}.csv/a.csv`,
    'a.4f2c81d09a7.csv',
    'a.4F2C81D09A77.csv',
    `a${DIGITS}.csv`,
    `a.${DIGITS}.b.csv`,
  ])('is not looked for in %s', (name) => {
    expect(keyWithoutHash(name)).toBeUndefined();
  });
});
