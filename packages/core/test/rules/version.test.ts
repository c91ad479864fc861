import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareUtf8, compareVersions, VERSION_FIELDS, type Version } from '../../src/rules/version.ts';

const BASE: Version = {
  terminal: 0,
  transactionDate: '2023-03-15',
  statusRank: 3,
  sourceDay: '2023-03-15',
  sourceModified: 1_000,
  sourceLine: 5,
  sourceKey: 'm',
};

const LESS_AND_GREATER: readonly (readonly [(typeof VERSION_FIELDS)[number], Partial<Version>, Partial<Version>])[] = [
  ['terminal', { terminal: 0 }, { terminal: 1 }],
  ['transaction_date', { transactionDate: '2022-12-31' }, { transactionDate: '2023-03-16' }],
  ['status_rank', { statusRank: 2 }, { statusRank: 10 }],
  ['source_day', { sourceDay: '2023-02-28' }, { sourceDay: '2023-03-16' }],
  ['source_modified', { sourceModified: 999 }, { sourceModified: 1_001 }],
  ['source_line', { sourceLine: 4 }, { sourceLine: 10 }],
  ['source_key', { sourceKey: 'M' }, { sourceKey: 'n' }],
];

describe('the order of versions', () => {
  test('compares the fields in the order of the rules', () => {
    expect(VERSION_FIELDS).toEqual(LESS_AND_GREATER.map(([field]) => field));
  });

  test.each(LESS_AND_GREATER)(
    '%s decides where all before it are equal, against all after it',
    (field, less, greater) => {
      const place = VERSION_FIELDS.indexOf(field);
      // All later fields speak for the other side.
      const later = LESS_AND_GREATER.slice(place + 1);
      const low: Version = Object.assign({}, BASE, less, ...later.map(([, , above]) => above));
      const high: Version = Object.assign({}, BASE, greater, ...later.map(([, below]) => below));
      expect(compareVersions(low, high)).toEqual({ order: expect.any(Number), decidedBy: field });
      expect(compareVersions(low, high).order).toBeLessThan(0);
      expect(compareVersions(high, low).order).toBeGreaterThan(0);
      expect(compareVersions(high, low).decidedBy).toBe(field);
    },
  );

  test('compares keys in UTF-8, not in UTF-16', () => {
    expect(compareVersions({ ...BASE, sourceKey: '\uffee' }, { ...BASE, sourceKey: '😀' }).order).toBeLessThan(0);
  });

  test('calls equal versions equal', () => {
    expect(compareVersions(BASE, { ...BASE })).toEqual({ order: 0, decidedBy: undefined });
  });

  test('is total: antisymmetric, transitive, and equal only for what is equal', () => {
    const day = fc.constantFrom('0001-01-01', '2023-03-14', '2023-03-15', '9999-12-31');
    const version: fc.Arbitrary<Version> = fc.record({
      terminal: fc.constantFrom(0, 1),
      transactionDate: day,
      statusRank: fc.integer({ min: 1, max: 3 }),
      sourceDay: day,
      sourceModified: fc.constantFrom(0, 1, 1_700_000_000_000),
      sourceLine: fc.integer({ min: 2, max: 4 }),
      sourceKey: fc.string({ unit: fc.constantFrom('a', 'é', '\uffee', '😀'), maxLength: 2 }),
    });
    const near = fc.tuple(version, version, version, fc.subarray(Object.keys(BASE) as (keyof Version)[]));
    fc.assert(
      fc.property(near, ([a, other, third, shared]) => {
        const take = (from: Version) =>
          ({ ...from, ...Object.fromEntries(shared.map((name) => [name, a[name]])) }) as Version;
        const b = take(other);
        const c = take(third);
        const order = (x: Version, y: Version) => Math.sign(compareVersions(x, y).order);
        expect(order(a, b) + order(b, a)).toBe(0);
        expect(order(a, b) === 0).toBe(
          JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort()),
        );
        const sorted = [a, b, c].sort(order);
        expect(order(sorted[0]!, sorted[1]!)).toBeLessThanOrEqual(0);
        expect(order(sorted[1]!, sorted[2]!)).toBeLessThanOrEqual(0);
        expect(order(sorted[0]!, sorted[2]!)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('keys', () => {
  test('are compared byte by byte in UTF-8, where UTF-16 and locales say otherwise', () => {
    // Above the surrogates in UTF-8, below them in UTF-16.
    expect(compareUtf8('\uffee', '😀')).toBeLessThan(0);
    expect('\uffee' < '😀').toBe(false);
    expect(compareUtf8('B', 'a')).toBeLessThan(0);
    expect(compareUtf8('z', 'é')).toBeLessThan(0);
    expect(compareUtf8('a', 'ab')).toBeLessThan(0);
    expect(compareUtf8('', 'a')).toBeLessThan(0);
    expect(compareUtf8('a/b', 'a_b')).toBeLessThan(0);
  });

  test('are compared as Buffer.compare does at the edges of the code points', () => {
    const texts = [
      '',
      'a',
      'ab',
      'b',
      'é',
      '\ud7ff',
      '\ue000',
      '\uff5e',
      '\uffff',
      '\u{10000}',
      // Their last units are the last surrogates.
      '\u{103fe}',
      '\u{103ff}',
      '\u{10ffff}',
      'a\u{1f600}',
    ];
    for (const a of texts) {
      for (const b of texts) {
        expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }
    }
  });

  test('are compared as Buffer.compare does, for any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 6 });
    fc.assert(
      fc.property(
        text,
        text,
        (a, b) => Math.sign(compareUtf8(a, b)) === Buffer.compare(Buffer.from(a), Buffer.from(b)),
      ),
      { numRuns: 1000 },
    );
  });
});
