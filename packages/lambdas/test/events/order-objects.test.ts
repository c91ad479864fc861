import { describe, expect, test } from '@jest/globals';
import type { CreatedObject } from '../../src/events/object-event.ts';
import { orderObjects } from '../../src/events/order-objects.ts';

describe('orderObjects', () => {
  test('orders the versions of a key by their sequencers, whatever the order of their events', () => {
    const [first, second, third] = [created('v1', '00A'), created('v2', '00B'), created('v3', '01')] as const;

    expect(orderObjects([third, first, second])).toEqual([first, second, third]);
  });

  test('takes a version once, however often it was told', () => {
    const [first, second] = [created('v1', '00A'), created('v2', '00B')] as const;

    expect(orderObjects([second, first, second, first])).toEqual([first, second]);
  });

  test('tells versions by their ETag where the bucket keeps none', () => {
    const [older, newer] = [
      created(undefined, '00A', { etag: 'a' }),
      created(undefined, '00B', { etag: 'b' }),
    ] as const;

    expect(orderObjects([newer, newer, older])).toEqual([older, newer]);
  });

  test('never compares the sequencers of two keys', () => {
    const [late, early] = [created('v1', 'FF', { key: 'a.csv' }), created('v2', '01', { key: 'b.csv' })] as const;

    expect(orderObjects([late, early])).toEqual([late, early]);
  });

  test('keeps the same version text of two keys and of two buckets apart', () => {
    const objects = [created('v1', '1'), created('v1', '1', { key: 'b.csv' }), created('v1', '1', { bucket: 'other' })];

    expect(orderObjects(objects)).toEqual(objects);
  });
});

function created(versionId: string | undefined, sequencer: string, rest: Partial<CreatedObject> = {}): CreatedObject {
  return { bucket: 'acme-landing', key: 'a.csv', versionId, etag: 'e', sequencer, ...rest };
}
