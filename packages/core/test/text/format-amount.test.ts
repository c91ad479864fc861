import { expect, test } from '@jest/globals';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatTime,
  formatWait,
} from '../../src/text/index.ts';

test.each([
  [formatCount(1_234_567), '1,234,567'],
  [formatCount(12n), '12'],
  [formatCount(123n), '123'],
  [formatCount(-1234n), '-1,234'],
  [formatCount(999.5), '1,000'],
  [formatCounted(1, 'file'), '1 file'],
  [formatCounted(2, 'file'), '2 files'],
  [formatBytes(999), '999 B'],
  [formatBytes(1000), '1.0 kB'],
  [formatBytes(123_456), '123 kB'],
  [formatBytes(5e15), '5000 TB'],
  [formatDuration(1234), '1.2 s'],
  [formatDuration(12_345), '12 s'],
  [formatDuration(90_000), '1 min 30 s'],
  [formatDuration(3_661_000), '1 h 1 min'],
  [formatWait(1001), '2 s'],
  [formatWait(90_000), '1 min 30 s'],
  [formatTime(Date.UTC(2023, 2, 16, 1, 2, 3, 999)), '2023-03-16 01:02:03 UTC'],
])('%s is written as %s', (written, expected) => expect(written).toBe(expected));
