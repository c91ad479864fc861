import { describe, expect, test } from '@jest/globals';
import { parseAwsConfig } from '../src/config/parse-aws-config.ts';
import { createS3Client } from '../src/s3/create-s3-client.ts';

const CONFIG = {
  region: 'eu-central-1',
  landing: { bucket: 'weir-landing' },
  dimensions: { bucket: 'weir-landing' },
  archive: { bucket: 'weir-archive' },
  quarantine: { bucket: 'weir-quarantine' },
  staging: { bucket: 'weir-staging' },
  ledger: { bucket: 'weir-staging' },
  redshift: {
    database: 'weir',
    workgroupName: 'weir',
    copyRoleArn: 'arn:aws:iam::123456789012:role/weir-copy',
  },
  glue: { jobName: 'weir' },
  topicArn: 'arn:aws:sns:eu-central-1:123456789012:weir',
};

const parse = (change: object) => parseAwsConfig(JSON.stringify({ ...CONFIG, ...change }), 'WEIR_CONFIG');

function messageOf(change: object): string {
  try {
    parse(change);
  } catch (error) {
    expect(error).toMatchObject({ name: 'PortError', code: 'config.invalid', retryable: false });
    return (error as Error).message;
  }
  throw new Error('It was accepted.');
}

const told = (problems: string) => `The configuration in WEIR_CONFIG cannot be used: ${problems}.`;

describe('the configuration', () => {
  test('needs no more than places; everything else has a default', () => {
    expect(parse({})).toMatchObject({
      landing: { bucket: 'weir-landing', folder: 'transactions/' },
      dimensions: { bucket: 'weir-landing', folder: 'dimensions/' },
      ledger: { bucket: 'weir-staging', prefix: 'ledger/' },
      maxAttempts: 3,
      policy: { maxRejectRate: 1, decisions: 'changes' },
    });
    expect(parse({ topicArn: undefined }).topicArn).toBeUndefined();
  });

  test('takes a cluster for a workgroup, with its user or a secret', () => {
    const { workgroupName: _, ...redshift } = CONFIG.redshift;
    const cluster = { ...redshift, clusterIdentifier: 'weir' };
    const secretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:weir-x1';
    expect(parse({ redshift: { ...cluster, dbUser: 'loader' } }).redshift.dbUser).toBe('loader');
    expect(parse({ redshift: { ...cluster, secretArn } }).redshift.secretArn).toBe(secretArn);
    expect(messageOf({ redshift: { ...cluster, dbUser: 'loader', secretArn } })).toBe(
      told('redshift.dbUser: must be left out where secretArn is given'),
    );
  });

  test('takes an administrator where the programs have a secret of their own', () => {
    const secretOf = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}`;
    const administrator = { secretArn: secretOf('redshift!weir') };
    const redshift = { ...CONFIG.redshift, secretArn: secretOf('weir') };
    expect(parse({ redshift, administrator }).administrator).toEqual(administrator);
    expect(parse({ redshift }).administrator).toBeUndefined();
    expect(messageOf({ administrator })).toBe(told('redshift.secretArn: must be given where administrator is'));
    expect(messageOf({ redshift, administrator: { secretArn: 'weir' } })).toContain(
      'administrator.secretArn: must be the ARN',
    );
  });

  test.each([
    [{ region: 'Frankfurt' }, 'region: must be a region such as "eu-central-1"'],
    [{ region: undefined }, 'region: must be a region such as "eu-central-1"'],
    [
      { archive: { bucket: 'No_Bucket' } },
      'archive.bucket: must be the name of a bucket: 3 to 63 small letters, digits, - and .',
    ],
    [{ archive: {} }, 'archive.bucket: must be the name of a bucket'],
    [
      { landing: { bucket: 'weir-landing', folder: '/transactions' } },
      'landing.folder: must end with "/" and not start with it, such as "transactions/"',
    ],
    [{ landing: { bucket: 'weir-landing', foldr: 'x/' } }, 'landing.foldr: is no such key'],
    [{ bucket: 'x', regoin: 'y' }, 'bucket: is no such key; regoin: is no such key'],
    [
      { redshift: { ...CONFIG.redshift, clusterIdentifier: 'weir' } },
      'redshift.workgroupName: either this or clusterIdentifier must be given, and not both',
    ],
    [{ redshift: { ...CONFIG.redshift, dbUser: 'x' } }, 'redshift.dbUser: goes with clusterIdentifier only'],
    [{ topicArn: 'weir' }, 'topicArn: must be the ARN of a topic of SNS, such as "arn:aws:..."'],
    [{ maxAttempts: 0 }, 'maxAttempts: must be a whole number from 1 to 100'],
    [{ maxAttempts: 1.5 }, 'maxAttempts: must be a whole number from 1 to 100'],
    [{ archive: { bucket: 'weir-landing' } }, 'archive.bucket: must be another bucket than landing.bucket'],
    [{ quarantine: { bucket: 'weir-archive' } }, 'quarantine.bucket: must be another bucket than archive.bucket'],
  ])('says what is wrong with %j', (change, problems) => {
    expect(messageOf(change)).toBe(told(problems));
  });

  test('says what is wrong with a policy in it', () => {
    expect(messageOf({ policy: { maxRejectRate: 2 } })).toMatch(/: policy\.maxRejectRate: .*\.$/);
    expect(messageOf({ policy: { maxRejects: 2 } })).toMatch(/: policy\.maxRejects: is no such key; allowed: /);
  });

  test('says all at once', () => {
    expect(messageOf({ region: 'x', glue: {}, maxAttempts: 'many' })).toBe(
      told(
        'region: must be a region such as "eu-central-1"; glue.jobName: must be the name of a Glue job; maxAttempts: must be a whole number from 1 to 100',
      ),
    );
  });

  test.each([undefined, '', '  '])('is not set where the text is %j', (text) => {
    expect(() => parseAwsConfig(text, '--weir-config')).toThrow(
      'The configuration in --weir-config cannot be used: is not set.',
    );
  });

  test('says that a text is no JSON', () => {
    expect(() => parseAwsConfig('{', 'WEIR_CONFIG')).toThrow(
      /^The configuration in WEIR_CONFIG cannot be used: is no JSON/,
    );
  });
});

test('a client names buckets in the path only where it has an endpoint of its own', () => {
  expect(createS3Client(CONFIG, {}).config.forcePathStyle).toBe(false);
  expect(createS3Client(CONFIG, { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }).config.forcePathStyle).toBe(true);
});
