import { describe, expect, test } from '@jest/globals';
import { quoteLiteral } from '../src/index.ts';

describe('quoteLiteral', () => {
  test.each([
    ["O'Brien", "'O''Brien'", "'O''Brien'"],
    [
      "'; DROP TABLE fact_transactions; --",
      "'''; DROP TABLE fact_transactions; --'",
      "'''; DROP TABLE fact_transactions; --'",
    ],
    ['', "''", "''"],
    ['\\', "E'\\\\'", "('' || CHR(92) || '')"],
    ["\\'", "E'\\\\'''", "('' || CHR(92) || '''')"],
    ["\\'; DELETE FROM x; --", "E'\\\\''; DELETE FROM x; --'", "('' || CHR(92) || '''; DELETE FROM x; --')"],
    ['a\nb\tc', "'a\nb\tc'", "'a\nb\tc'"],
    ['$1 :p1 %s {}', "'$1 :p1 %s {}'", "'$1 :p1 %s {}'"],
    ['é😀"', "'é😀\"'", "'é😀\"'"],
  ])('ends where it should, whatever it holds: %j', (text, postgres, redshift) => {
    expect(quoteLiteral(text, 'postgres')).toBe(postgres);
    expect(quoteLiteral(text, 'redshift')).toBe(redshift);
  });

  test('refuses NUL, which no database keeps', () => {
    expect(() => quoteLiteral('a\0b', 'postgres')).toThrow(RangeError);
  });
});
