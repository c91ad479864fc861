import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acknowledgedFindings } from '../src/checks/acknowledged-findings.ts';
import { addToNewApp, type Synthesized, synthesize, synthesizeAnew } from '../src/testing/synthesized.ts';
import { addStacks } from '../src/weir-app.ts';

// Each test synthesizes once or twice, which takes seconds on a machine that is busy with other tests.
jest.setTimeout(180_000);

const usual = synthesize();

describe('synthesis', () => {
  test('gives the same templates each time', () => {
    const again = synthesizeAnew();
    expect(again.stateful.toJSON()).toEqual(usual.stateful.toJSON());
    expect(again.stateless.toJSON()).toEqual(usual.stateless.toJSON());
  });

  test('names no account and no region', () => {
    const text = JSON.stringify(Object.values(usual).map((template) => template.toJSON()));
    expect(text).not.toMatch(/arn:aws[a-z-]*:[a-z0-9-]+:[a-z]{2}-[a-z]+-\d/);
    expect(text).not.toMatch(/\b\d{12}\b/);
  });

  test('tags what costs money with the application and the stage', () => {
    const { stateful, stateless } = synthesize({ stage: 'trial' });
    const untagged = [stateful, stateless].flatMap((template) =>
      Object.entries(template.toJSON().Resources as Record<string, { Type: string; Properties?: { Tags?: unknown } }>)
        .filter(([, { Type }]) => COSTS.includes(Type))
        .filter(
          ([, { Properties }]) => !JSON.stringify(Properties?.Tags ?? '').match(/weir:application.*weir:stage.*trial/),
        )
        .map(([id]) => id),
    );
    expect(untagged).toEqual([]);
  });

  test('deletes data only where that was asked for', () => {
    const policies = ({ stateful }: Synthesized) =>
      new Set(Object.values(stateful.findResources('AWS::S3::Bucket')).map(({ DeletionPolicy }) => DeletionPolicy));
    expect(policies(usual)).toEqual(new Set(['Retain']));
    expect(policies(synthesize({ dataRemoval: 'destroy' }))).toEqual(new Set(['Delete']));
  });
});

describe('cdk-nag', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-infra-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('fails where something is found that nobody acknowledged', () => {
    const { app, stateful } = addToNewApp(join(folder, 'careless'));
    new Bucket(stateful, 'Careless');
    expect(() => app.synth()).toThrow(/Careless.*AwsSolutions-S1'/s);
  });

  test('is needed for each acknowledgement: without any, just these are found', () => {
    const found = new Set(findingsWithoutAcknowledgements(join(folder, 'bare')));
    const acknowledged = acknowledgedFindings().map(
      ({ stack, at, id }) => `weir-test-${stack}/${at} ${id.replace('{stateful}', 'weir-test-stateful')}`,
    );
    expect([...found].sort()).toEqual([...acknowledged].sort());
  });

  test('each acknowledgement says why in a sentence', () => {
    for (const { reason } of acknowledgedFindings()) expect(reason).toMatch(/^[A-Z].{20,}\.$/s);
  });
});

const COSTS = [
  'AWS::S3::Bucket',
  'AWS::KMS::Key',
  'AWS::RedshiftServerless::Namespace',
  'AWS::RedshiftServerless::Workgroup',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::Lambda::Function',
  'AWS::Glue::Job',
  'AWS::Logs::LogGroup',
];

/** What cdk-nag says of the stacks when nothing is acknowledged, as `path rule[finding]`. */
function findingsWithoutAcknowledgements(folder: string): string[] {
  const { app } = addToNewApp(folder, {}, addStacks);
  // References between the stacks get their names here.
  app.synth();
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${constructPath?.replace(/\/Resource$/, '')} ${ruleName}`),
  );
}
