import { describe, expect, test } from '@jest/globals';
import type { CreatedObject } from '../../src/events/object-event.ts';
import { parseObjectEvents } from '../../src/events/parse-object-events.ts';
import { busEvent, DAY_KEY, LANDING_BUCKET, notification, TEST_EVENT } from '../support/object-messages.ts';

const ETAG = '4e68adba0abe2dc8653dc3354e14c01d';
const SEQUENCER = '006408CAD69598B05E';

describe('parseObjectEvents', () => {
  const object = { bucket: LANDING_BUCKET, key: DAY_KEY, versionId: 'v1', etag: ETAG, sequencer: SEQUENCER };

  test('reads an event of EventBridge', () => {
    expect(parseObjectEvents(busEvent({ versionId: 'v1' }))).toEqual([{ kind: 'created', object }]);
  });

  test('reads a notification of S3, one event a record', () => {
    const events = parseObjectEvents(notification({ versionId: 'v1' }, { versionId: 'v2' }));

    expect(events).toEqual([
      { kind: 'created', object },
      { kind: 'created', object: { ...object, versionId: 'v2' } },
    ]);
  });

  test.each([
    ['EventBridge', busEvent()],
    ['EventBridge, empty', busEvent({ versionId: '' })],
    ['S3', notification({})],
    ['S3, empty', notification({ versionId: '' })],
  ])('knows no version where the bucket keeps none (%s)', (_, message) => {
    expect(createdIn(message)[0]).toEqual({ ...object, versionId: undefined });
  });

  test.each([
    ['red+flower.csv', 'red flower.csv'],
    ['Happy%20Face.csv', 'Happy Face.csv'],
    ['year%3D2023/a.csv', 'year=2023/a.csv'],
    ['a%2Bb.csv', 'a+b.csv'],
    ['100%25.csv', '100%.csv'],
    ['%E2%82%AC.csv', '€.csv'],
    ['line%0Abreak.csv', 'line\nbreak.csv'],
  ])('decodes the key %s of a notification', (encoded, key) => {
    expect(createdIn(notification({ key: encoded }))[0]?.key).toBe(key);
  });

  test.each(['red+flower.csv', 'Happy%20Face.csv', '100%.csv', 'a b.csv', '€.csv'])(
    'takes the key %s of an event of EventBridge as it is',
    (key) => {
      expect(createdIn(busEvent({ key }))[0]?.key).toBe(key);
    },
  );

  test.each(['Put', 'Post', 'Copy', 'CompleteMultipartUpload'])('takes an object created by %s', (way) => {
    expect(createdIn(notification({ eventName: `ObjectCreated:${way}` }))).toHaveLength(1);
  });

  test.each([
    ['S3 tried the connection', TEST_EVENT],
    ['an event of the type Object Deleted', busEvent({}, { 'detail-type': 'Object Deleted' })],
    ['an event of the type Object Tags Added', busEvent({}, { 'detail-type': 'Object Tags Added' })],
    ['an event of the type ObjectRemoved:Delete', notification({ eventName: 'ObjectRemoved:Delete' })],
    ['an event of the type ObjectRestore:Completed', notification({ eventName: 'ObjectRestore:Completed' })],
  ])('ignores %s', (reason, message) => {
    expect(parseObjectEvents(message)).toEqual([{ kind: 'ignored', reason }]);
  });

  test('takes minor versions of notifications that it does not know', () => {
    expect(createdIn(withRecord({ eventVersion: '2.9' }))).toHaveLength(1);
  });

  test.each<[string, unknown]>([
    ['a text', 'Records'],
    ['nothing', null],
    ['a list', []],
    ['an empty object', {}],
    ['another bus event', busEvent({}, { source: 'aws.ec2' })],
    ['a bus event without detail', busEvent({}, { detail: undefined })],
    ['a bus event without a key', busEvent({}, { detail: { bucket: { name: 'b' }, object: {} } })],
    ['a bus event with an empty key', busEvent({ key: '' })],
    ['a bus event whose key is a number', busEvent({}, { detail: { bucket: { name: 'b' }, object: { key: 1 } } })],
    ['no records', { Records: [] }],
    ['records that are no list', { Records: 'a' }],
    ['a record that is none', { Records: [null] }],
    ['a record of SQS', withRecord({ eventSource: 'aws:sqs' })],
    ['a record of another major version', withRecord({ eventVersion: '3.0' })],
    ['a record without a version', withRecord({ eventVersion: undefined })],
    ['a record without an object', withRecord({ s3: { bucket: { name: 'b' } } })],
    ['a key that is not encoded as forms are', notification({ key: '100%.csv' })],
    ['a key that is no UTF-8', notification({ key: '%FF.csv' })],
  ])('refuses %s', (_, message) => {
    expect(() => parseObjectEvents(message)).toThrow(expect.objectContaining({ name: 'MalformedEventError' }));
  });

  test('refuses a notification as a whole where one record is malformed', () => {
    const message = notification({}, { key: '%zz.csv' });

    expect(() => parseObjectEvents(message)).toThrow('The key of an object in the notification is not encoded');
  });

  test('says which member is not as it should be', () => {
    expect(() => parseObjectEvents(withRecord({ s3: { bucket: {} } }))).toThrow(/s3\.bucket\.name: .*expected string/i);
  });
});

function createdIn(message: unknown): readonly CreatedObject[] {
  return parseObjectEvents(message).flatMap((event) => (event.kind === 'created' ? [event.object] : []));
}

function withRecord(overrides: Readonly<Record<string, unknown>>): unknown {
  const [record] = notification({}).Records;
  return { Records: [{ ...record, ...overrides }] };
}
