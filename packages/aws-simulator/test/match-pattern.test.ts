import { describe, expect, test } from '@jest/globals';
import { matchesPattern, parsePattern } from '../src/eventbridge/match-pattern.ts';

const event = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: {
    bucket: { name: 'landing' },
    object: { key: 'transactions/day=1/a.csv', size: 12 },
    tags: ['red', 'blue'],
    parts: [{ n: 1 }, { n: 2 }],
    empty: null,
    done: true,
  },
};
const key = (...rules: unknown[]) => ({ detail: { object: { key: rules } } });
const size = (...rules: unknown[]) => ({ detail: { object: { size: rules } } });

describe('an event pattern', () => {
  test.each<[string, object]>([
    ['an exact text', { source: ['aws.glue', 'aws.s3'] }],
    ['a prefix', key({ prefix: 'transactions/' })],
    ['a prefix in any case', key({ prefix: { 'equals-ignore-case': 'TRANS' } })],
    ['a suffix', key({ suffix: '.csv' })],
    ['a wildcard', key({ wildcard: 'transactions/*/*.csv' })],
    ['a text in any case', { source: [{ 'equals-ignore-case': 'AWS.S3' }] }],
    ['a number', size(12)],
    ['a range of numbers', size({ numeric: ['>', 0, '<=', 12] })],
    ['anything but a value', key({ 'anything-but': ['x', 'y'] })],
    ['anything but a prefix', key({ 'anything-but': { prefix: ['dimensions/', 'x'] } })],
    ['a field that is there', key({ exists: true })],
    ['a field that is not there', { detail: { object: { none: [{ exists: false }] } } }],
    ['one value of a list', { detail: { tags: ['blue'] } }],
    ['one object of a list', { detail: { parts: { n: [2] } } }],
    ['null and true', { detail: { empty: [null], done: [true] } }],
    ['one of several patterns', { $or: [{ source: ['none'] }, { detail: { done: [true] } }] }],
  ])('takes %s', (_, pattern) => {
    expect(matchesPattern(parsePattern(JSON.stringify(pattern)), event)).toBe(true);
  });

  test.each<[string, object]>([
    ['another text', { source: ['aws.glue'] }],
    ['one of two fields only', { source: ['aws.s3'], 'detail-type': ['Object Deleted'] }],
    ['another prefix', key({ prefix: 'dimensions/' })],
    ['a suffix that stands elsewhere', key({ suffix: '.gz' })],
    ['a wildcard that does not reach the end', key({ wildcard: 'transactions/*/a' })],
    ['a star that is escaped', key({ wildcard: 'transactions/\\*' })],
    ['a text for a number', size('12')],
    ['a number out of range', size({ numeric: ['<', 12] })],
    ['a value that is excluded', key({ 'anything-but': [event.detail.object.key] })],
    ['a suffix that is excluded', key({ 'anything-but': { suffix: '.csv' } })],
    ['a field that should not be there', key({ exists: false })],
    ['a missing field, whatever it is not', { detail: { object: { none: [{ 'anything-but': ['x'] }] } } }],
  ])('refuses %s', (_, pattern) => {
    expect(matchesPattern(parsePattern(JSON.stringify(pattern)), event)).toBe(false);
  });

  test.each([
    ['no JSON', '{'],
    ['nothing at all', '{}'],
    ['a bare value', '{"source":"aws.s3"}'],
    ['an empty list', '{"source":[]}'],
    ['a matcher that is not known', '{"source":[{"cidr":"10.0.0.0/8"}]}'],
  ])('is invalid with %s', (_, text) => {
    expect(() => parsePattern(text)).toThrow('Event pattern is not valid');
  });
});
