import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { describeShared, sharedPath } from '../../../core/test/support/shared-data.ts';
import { parseJobEvent } from '../../src/events/parse-job-event.ts';

describe('parseJobEvent', () => {
  test.each(['SUCCEEDED', 'FAILED', 'TIMEOUT', 'STOPPED'])('reads the end %s of our job', (state) => {
    expect(parseJobEvent(jobEvent({ state }), 'weir-ingest')).toEqual({ kind: 'ended', jobRunId: 'jr_1', state });
  });

  test('ignores other jobs', () => {
    expect(parseJobEvent(jobEvent({ jobName: 'other' }), 'weir-ingest')).toEqual({
      kind: 'ignored',
      reason: 'an event of the job other',
    });
  });

  test('ignores the notice that a job takes long', () => {
    const event = { ...jobEvent({ state: 'RUNNING' }), 'detail-type': 'Glue Job Run Status' };

    expect(parseJobEvent(event, 'weir-ingest')).toEqual({
      kind: 'ignored',
      reason: 'an event of the type Glue Job Run Status',
    });
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['an empty object', {}],
    ['an event of another service', { ...jobEvent({}), source: 'aws.s3' }],
    ['an event without a run', jobEvent({ jobRunId: undefined })],
    ['an event with an empty run', jobEvent({ jobRunId: '' })],
  ])('refuses %s', (_, event) => {
    expect(() => parseJobEvent(event, 'weir-ingest')).toThrow(expect.objectContaining({ name: 'MalformedEventError' }));
  });
});

describeShared('aws-events', 'parseJobEvent and events from the documentation', () => {
  test.each([
    ['succeeded', 'SUCCEEDED'],
    ['failed', 'FAILED'],
  ])('reads a job that %s', (name, state) => {
    const event = JSON.parse(readFileSync(sharedPath('aws-events', `glue_job_state_change_${name}.json`), 'utf8'));

    expect(parseJobEvent(event, 'test_job')).toEqual({
      kind: 'ended',
      jobRunId: expect.stringMatching(/^jr_[0-9a-f]{64}$/),
      state,
    });
  });
});

function jobEvent(detail: Readonly<Record<string, unknown>>) {
  return {
    source: 'aws.glue',
    'detail-type': 'Glue Job State Change',
    detail: { jobName: 'weir-ingest', jobRunId: 'jr_1', state: 'SUCCEEDED', severity: 'INFO', message: '', ...detail },
  };
}
