import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { parseAwsConfig } from '@weir/adapters-aws';
import { createNoticeContext } from '../../src/composition/notice-context.ts';
import { quoteForShell } from '../../src/composition/quote-for-shell.ts';

const CONFIG = parseAwsConfig(
  JSON.stringify({
    region: 'eu-central-1',
    landing: { bucket: 'acme-landing' },
    dimensions: { bucket: 'acme-landing' },
    archive: { bucket: 'acme-archive' },
    quarantine: { bucket: 'acme-quarantine' },
    staging: { bucket: 'acme-staging' },
    ledger: { bucket: 'acme-ledger' },
    redshift: { database: 'weir', workgroupName: 'weir', copyRoleArn: 'arn:aws:iam::123456789012:role/copy' },
    glue: { jobName: 'weir-ingest' },
  }),
  'a test',
);

describe('quoteForShell', () => {
  test.each([
    'transactions/year=2023/month=03/day=15/transactions_2023-03-15.csv',
    'red flower.csv',
    "it's.csv",
    '$(touch /tmp/x)`id`.csv',
    '"; rm -rf / #',
    'back\\slash.csv',
    "line\nbreak and 'quote' and \\n.csv",
    'tab\tand\u0085next line.csv',
    '--flag',
    '~/*?[a]{b,c}!1',
    'é€😀.csv',
  ])('makes one word of %j for bash', (text) => {
    const output = execFileSync('bash', ['-c', `printf '%s' ${quoteForShell(text)}`], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });

    expect(output).toBe(text);
  });

  test.each(['line\nbreak', 'tab\there'])('keeps %j on one line', (text) => {
    expect(quoteForShell(text)).not.toMatch(/\p{Cc}/u);
  });
});

describe('createNoticeContext', () => {
  const context = createNoticeContext(CONFIG);

  test('names the places as people find them', () => {
    expect(context).toMatchObject({
      landing: 's3://acme-landing/transactions/',
      archive: 's3://acme-archive',
      quarantine: 's3://acme-quarantine',
    });
    expect(context.reportOf('run-1')).toBe('s3://acme-ledger/ledger/runs/closed/run-1.json');
    expect(context.lookCloser('run-1')).toBe('aws s3 cp s3://acme-ledger/ledger/runs/closed/run-1.json -');
  });

  test.each([
    ['archive', 'aws s3 cp s3://acme-archive/transactions/a.csv s3://acme-landing/transactions/a.csv'],
    ['quarantine', 'aws s3 cp s3://acme-quarantine/transactions/a.csv s3://acme-landing/transactions/a.csv'],
    [
      'landing',
      'aws s3 cp s3://acme-landing/transactions/a.csv s3://acme-landing/transactions/a.csv --metadata-directive REPLACE',
    ],
  ] as const)('lands a file again from the %s', (from, command) => {
    expect(context.replay('transactions/a.csv', from)).toBe(command);
  });

  test('quotes a key for the shell', () => {
    expect(context.replay("transactions/it's $(id).csv", 'archive')).toBe(
      `aws s3 cp 's3://acme-archive/transactions/it'\\''s $(id).csv' 's3://acme-landing/transactions/it'\\''s $(id).csv'`,
    );
  });
});
