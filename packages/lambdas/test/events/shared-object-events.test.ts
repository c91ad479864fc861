import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { describeShared, sharedPath } from '../../../core/test/support/shared-data.ts';
import { parseObjectEvents } from '../../src/events/parse-object-events.ts';

const MALFORMED = 'malformed';
const created = (bucket: string, key: string, versionId?: string) => [
  { kind: 'created', object: expect.objectContaining({ bucket, key, versionId, sequencer: expect.any(String) }) },
];
const ignored = (reason: string) => [{ kind: 'ignored', reason }];

/** What each published event means to us; bodies of SQS are looked into. */
const MEANINGS: Readonly<Record<string, unknown>> = {
  'base.json': created('lambda-artifacts-deafc19498e3f2df', 'b21b84d653bb07b05b1e6b33684dc11b'),
  'decoded-key.json': created('sourcebucket', 'Happy Face.jpg', 'version'),
  'delete-object.json': ignored('an event of the type ObjectRemoved:Delete'),
  'eventbridge-object-created.json': created('example-bucket', 'IMG_m7fzo3.jpg'),
  'eventbridge-object-deleted.json': ignored('an event of the type Object Deleted'),
  'eventbridge-object-expired.json': ignored('an event of the type Object Deleted'),
  'eventbridge-object-restored.json': ignored('an event of the type Object Restore Completed'),
  'glacier.json': created('lambda-artifacts-deafc19498e3f2df', 'b21b84d653bb07b05b1e6b33684dc11b'),
  'glue_job_state_change_failed.json': MALFORMED,
  'glue_job_state_change_succeeded.json': MALFORMED,
  'object-iam-user.json': MALFORMED,
  'object-temp-credentials.json': MALFORMED,
  's3-lifecycle-event.json': ignored('an event of the type LifecycleExpiration:Delete'),
  's3_test_event.json': ignored('S3 tried the connection'),
  'sns-body.json': MALFORMED,
  'sqs-event.json': created('xxx', 'test.pdf', 'yd3d4HaWOT2zguDLvIQLU6ptDTwKBnQV'),
};

describeShared('aws-events', 'parseObjectEvents and published events', () => {
  test('every published event has a meaning', () => {
    const files = readdirSync(sharedPath('aws-events')).filter((name) => name.endsWith('.json'));

    expect(files.sort()).toEqual(Object.keys(MEANINGS).sort());
  });

  test.each(Object.entries(MEANINGS))('reads %s', (name, meaning) => {
    const event = JSON.parse(readFileSync(sharedPath('aws-events', name), 'utf8'));
    const message = event.Records?.[0]?.body === undefined ? event : JSON.parse(event.Records[0].body);

    if (meaning === MALFORMED) {
      expect(() => parseObjectEvents(message)).toThrow(expect.objectContaining({ name: 'MalformedEventError' }));
    } else {
      expect(parseObjectEvents(message)).toEqual(meaning);
    }
  });
});
