import { expect, test } from '@jest/globals';
import { shortKey } from '../../src/text/short-key.ts';

test.each([
  ['a/b.csv', ['a/b.csv', 'a/c.csv'], 'b.csv'],
  ['a/b.csv', ['a/b.csv', 'a/b.csv'], 'a/b.csv'],
  ['a/b.csv', ['a/b.csv', 'c/b.csv'], 'a/b.csv'],
  ['a/b.csv', [], 'b.csv'],
  ['a/', ['a/'], 'a/'],
])('the key %s among %j is told as %s', (key, keys, expected) => {
  expect(shortKey(key, keys)).toBe(expected);
});
