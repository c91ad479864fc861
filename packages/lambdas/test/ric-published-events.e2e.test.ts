import { describe, expect, test } from '@jest/globals';
import { sqsBatch } from './support/object-messages.ts';
import { readEvent } from './support/published-events.ts';
import { describeRic } from './support/ric-account.ts';

/** Every published event that is fit for a function of the landing bucket, and what becomes of it. */
const OBJECT_EVENTS: Readonly<Record<string, 'ignored' | 'malformed'>> = {
  'base.json': 'ignored',
  'decoded-key.json': 'ignored',
  'delete-object.json': 'ignored',
  'eventbridge-object-created.json': 'ignored',
  'eventbridge-object-deleted.json': 'ignored',
  'eventbridge-object-expired.json': 'ignored',
  'eventbridge-object-restored.json': 'ignored',
  'glacier.json': 'ignored',
  'object-iam-user.json': 'malformed',
  'object-temp-credentials.json': 'malformed',
  's3-lifecycle-event.json': 'ignored',
  's3_test_event.json': 'ignored',
  'glue_job_state_change_failed.json': 'malformed',
  'glue_job_state_change_succeeded.json': 'malformed',
};
const JOB_EVENTS = ['glue_job_state_change_failed.json', 'glue_job_state_change_succeeded.json'];

describeRic('published events under aws-lambda-ric', (account) => {
  describe.each(['files-landed', 'dimensions'])('%s', (name) => {
    test('answers every published event, handed over directly', async () => {
      const one = await account.start(name);
      for (const [file, fate] of Object.entries(OBJECT_EVENTS)) {
        const result = await one.invoke(readEvent(file));

        const expected = fate === 'ignored' ? { kind: 'answer' } : { error: { errorType: 'MalformedEventError' } };
        expect([file, result]).toMatchObject([file, expected]);
      }
    });

    test('answers every published event in one batch: what is malformed fails alone', async () => {
      const one = await account.start(name);
      const batch = sqsBatch(
        ...Object.keys(OBJECT_EVENTS).map(readEvent),
        readBody('sqs-event.json'),
        readBody('sns-body.json'),
      );
      const fates = [...Object.values(OBJECT_EVENTS), 'ignored', 'malformed'];

      const result = await one.invoke(batch);

      const failed = fates.flatMap((fate, i) => (fate === 'malformed' ? [{ itemIdentifier: `message-${i + 1}` }] : []));
      expect(result).toEqual({ kind: 'answer', value: { batchItemFailures: failed } });
    });

    test('answers batches as SQS hands them over', async () => {
      const one = await account.start(name);

      expect(await one.invoke(readEvent('sqs-event.json'))).toEqual({
        kind: 'answer',
        value: { batchItemFailures: [] },
      });
      expect(await one.invoke(readEvent('sns-body.json'))).toEqual({
        kind: 'answer',
        value: { batchItemFailures: [{ itemIdentifier: '79406a00-bf15-46ca-978c-22c3613fcb30' }] },
      });
    });
  });

  describe.each(['run-finished', 'archive'])('%s', (name) => {
    test.each(JOB_EVENTS)('answers %s, whose job is not known', async (file) => {
      const one = await account.start(name);

      expect(await one.invoke(readEvent(file))).toEqual({ kind: 'answer', value: { kind: 'missing' } });
    });

    test('fails an event that is none of Glue, and works on', async () => {
      const one = await account.start(name);

      expect(await one.invoke(readEvent('base.json'))).toMatchObject({ error: { errorType: 'MalformedEventError' } });
      expect(await one.invoke(readEvent(JOB_EVENTS[0]!))).toMatchObject({ kind: 'answer' });
    });
  });
});

function readBody(file: string): string {
  return (readEvent(file) as { Records: [{ body: string }] }).Records[0].body;
}
