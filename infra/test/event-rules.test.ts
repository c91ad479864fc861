import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { describeShared, sharedPath } from '../../packages/core/test/support/shared-data.ts';
import { type Resource, resourcesOf, synthesize } from '../src/testing/synthesized.ts';
import { matches } from './support/event-pattern.ts';
import { shortName } from './support/read-policies.ts';

const { stateless } = synthesize();
const rules: Record<string, Resource['Properties']> = Object.fromEntries(
  resourcesOf(stateless, 'AWS::Events::Rule').map(([, { Properties }]) => [Properties.Name, Properties]),
);
const LANDING = 'the-landing-bucket';

/** The rules that an event goes to, with the bucket's name filled in as CloudFormation would. */
function rulesOf(event: unknown): string[] {
  return Object.entries(rules)
    .filter(([, { EventPattern }]) => EventPattern !== undefined && matches(withNames(EventPattern), event))
    .map(([name]) => name)
    .sort();
}

function withNames(pattern: unknown): unknown {
  return JSON.parse(
    JSON.stringify(pattern, (_key, value) =>
      value && typeof value === 'object' && 'Fn::ImportValue' in value ? LANDING : value,
    ),
  );
}

describeShared('aws-events', 'rules, with the events of AWS', () => {
  const sample = (name: string) => JSON.parse(readFileSync(sharedPath('aws-events', name), 'utf8'));
  const landed = (key: string, bucket = LANDING) => {
    const event = sample('eventbridge-object-created.json');
    return { ...event, detail: { ...event.detail, bucket: { name: bucket }, object: { ...event.detail.object, key } } };
  };
  const ended = (name: string, detail: object) => {
    const event = sample(name);
    return { ...event, detail: { ...event.detail, jobName: 'weir-test-ingest', ...detail } };
  };

  test('a file below transactions/ goes to its queue, one below dimensions/ to the other', () => {
    expect(rulesOf(landed('transactions/year=2023/month=03/day=15/a.csv'))).toEqual(['weir-test-file-landed']);
    expect(rulesOf(landed('dimensions/products.csv'))).toEqual(['weir-test-dimension-landed']);
  });

  test.each(['other/transactions/a.csv', 'transactions.csv', 'Transactions/a.csv', 'IMG_m7fzo3.jpg'])(
    '%s goes nowhere',
    (key) => {
      expect(rulesOf(landed(key))).toEqual([]);
    },
  );

  test('a file in another bucket goes nowhere', () => {
    expect(rulesOf(landed('transactions/a.csv', 'example-bucket'))).toEqual([]);
  });

  test('a deleted, expired or restored object goes nowhere', () => {
    for (const name of ['deleted', 'expired', 'restored']) {
      const event = sample(`eventbridge-object-${name}.json`);
      const ours = {
        ...event,
        detail: { ...event.detail, bucket: { name: LANDING }, object: { key: 'transactions/a.csv' } },
      };
      expect(rulesOf(ours)).toEqual([]);
    }
  });

  test('the end of a run is passed on, and a bad one is counted', () => {
    expect(rulesOf(ended('glue_job_state_change_succeeded.json', {}))).toEqual(['weir-test-run-ended']);
    for (const state of ['FAILED', 'TIMEOUT', 'STOPPED', 'ERROR']) {
      expect(rulesOf(ended('glue_job_state_change_failed.json', { state }))).toEqual([
        'weir-test-run-ended',
        'weir-test-run-failed',
      ]);
    }
  });

  test('the end of another job goes nowhere', () => {
    expect(rulesOf(sample('glue_job_state_change_succeeded.json'))).toEqual([]);
  });

  test('no sample of AWS matches as it is: each is of another bucket or another job', () => {
    const names = readdirSync(sharedPath('aws-events')).filter((name) => name.endsWith('.json'));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect([name, rulesOf(sample(name))]).toEqual([name, []]);
  });
});

test('each rule hands its events to whom it is meant for, and keeps what it cannot deliver', () => {
  const targets = Object.fromEntries(
    Object.entries(rules).map(([name, { Targets = [] }]) => [
      name,
      Targets.map(({ Arn, DeadLetterConfig }: { Arn: unknown; DeadLetterConfig: { Arn: unknown } }) => [
        shortName(Arn),
        shortName(DeadLetterConfig.Arn),
      ]),
    ]),
  );
  expect(targets).toEqual({
    'weir-test-file-landed': [['Landed', 'EventsDead']],
    'weir-test-dimension-landed': [['Dimensions', 'EventsDead']],
    'weir-test-run-ended': [
      ['runfinishedFunction', 'EventsDead'],
      ['archiveFunction', 'EventsDead'],
    ],
    'weir-test-run-failed': [],
    'weir-test-sweep': [
      ['reconcileFunction', 'EventsDead'],
      ['dimensionsFunction', 'EventsDead'],
    ],
  });
});

test('the sweep comes every quarter of an hour', () => {
  expect(rules['weir-test-sweep']).toMatchObject({ ScheduleExpression: 'rate(15 minutes)', State: 'ENABLED' });
});
