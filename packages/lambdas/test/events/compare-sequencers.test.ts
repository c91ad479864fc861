import { describe, expect, test } from '@jest/globals';
import { compareSequencers } from '../../src/events/compare-sequencers.ts';

describe('compareSequencers', () => {
  test.each([
    ['0055AED6DCD90281E5', '0055AED6DCD90281E6', -1],
    ['0055AED6DCD90281E6', '0055AED6DCD90281E5', 1],
    ['0055AED6DCD90281E5', '0055AED6DCD90281E5', 0],
    ['0055AED6', '0055AED60000', 0],
    ['0055AED6', '0055AED600001', -1],
    ['0055AED7', '0055AED6FFFF', 1],
    ['00aa', '00AB', -1],
    [undefined, '00', 0],
    [undefined, '01', -1],
    ['01', undefined, 1],
    [undefined, undefined, 0],
  ])('orders %s and %s: the shorter is padded with zeros on the right', (left, right, expected) => {
    expect(compareSequencers(left, right)).toBe(expected);
  });
});
