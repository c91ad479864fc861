import { describe, expect, test } from '@jest/globals';
import { parseAwsConfig } from '../../packages/adapters-aws/src/config/parse-aws-config.ts';
import { resourcesOf, synthesize } from '../src/testing/synthesized.ts';

const { stateless } = synthesize();
const functions = resourcesOf(stateless, 'AWS::Lambda::Function').filter(([id]) => id.startsWith('Functions'));
const [[, job]] = resourcesOf(stateless, 'AWS::Glue::Job');

describe('the configuration in the templates', () => {
  test('is one that the programs take, once AWS has filled in its names', () => {
    const config = parseAwsConfig(filledIn(job.Properties.DefaultArguments['--weir-config']), '--weir-config');
    expect(config).toMatchObject({
      region: 'eu-west-1',
      landing: { bucket: 'landing', folder: 'transactions/' },
      dimensions: { bucket: 'landing', folder: 'dimensions/' },
      archive: { bucket: 'archive' },
      quarantine: { bucket: 'quarantine' },
      staging: { bucket: 'staging' },
      ledger: { bucket: 'ledger', prefix: 'ledger/' },
      redshift: {
        database: 'weir',
        workgroupName: 'workgroup',
        secretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:weir-program',
        copyRoleArn: 'arn:aws:iam::123456789012:role/copy',
      },
      administrator: { secretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:redshift!weir' },
      glue: { jobName: 'weir-test-ingest' },
      topicArn: 'arn:aws:sns:eu-west-1:123456789012:weir-test-notices',
      maxAttempts: 3,
    });
  });

  test.each(functions)('%s has the same', (_id, { Properties }) => {
    expect(Properties.Environment.Variables.WEIR_CONFIG).toEqual(job.Properties.DefaultArguments['--weir-config']);
  });
});

/** As CloudFormation does it: every reference becomes a name such as AWS gives. */
function filledIn(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[kind, of]] = Object.entries(value as Record<string, unknown>);
  if (kind === 'Fn::Join') return (of as [string, unknown[]])[1].map(filledIn).join('');
  const name = String(of);
  const [, given] = NAMES.find(([pattern]) => pattern.test(name)) ?? [];
  if (given === undefined) throw new Error(`What is ${name}?`);
  return given;
}

const NAMES: readonly [RegExp, string][] = [
  [/^AWS::Region$/, 'eu-west-1'],
  [/Landing/, 'landing'],
  [/Archive/, 'archive'],
  [/Quarantine/, 'quarantine'],
  [/Staging/, 'staging'],
  [/Ledger/, 'ledger'],
  [/Workgroup/, 'workgroup'],
  [/ProgramSecret/, 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:weir-program'],
  [/AdminSecret/, 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:redshift!weir'],
  [/CopyRole/, 'arn:aws:iam::123456789012:role/copy'],
  [/Topic/, 'arn:aws:sns:eu-west-1:123456789012:weir-test-notices'],
];
