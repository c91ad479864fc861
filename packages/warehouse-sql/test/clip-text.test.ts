import { describe, expect, test } from '@jest/globals';
import { clipText } from '../src/index.ts';

describe('clipText', () => {
  test('cuts at a character, never inside one', () => {
    expect(clipText('é😀x', 7)).toBe('é😀x');
    expect(clipText('é😀x', 6)).toBe('é😀');
    expect(clipText('é😀x', 5)).toBe('é');
    expect(clipText('é😀x', 1)).toBe('');
  });

  test('replaces what no database keeps', () => {
    expect(clipText('a\0b\ud800c', 100)).toBe('a\ufffdb\ufffdc');
  });
});
