import { PolicyError, parsePolicy } from '@weir/core';
import * as z from 'zod';
import { arn, word } from './named-things.ts';
import { redshiftConfigSchema } from './redshift-config.ts';
import { regionSchema } from './region-schema.ts';

const bucketName = z
  .string('must be the name of a bucket')
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket: 3 to 63 small letters, digits, - and .');
const bucket = z.strictObject({ bucket: bucketName });
const folder = z
  .string('must be a folder such as "transactions/"')
  .regex(/^(?!\/)[^\p{Cc}]{1,512}\/$/u, 'must end with "/" and not start with it, such as "transactions/"');
const policy = z.unknown().transform((input, context) => {
  try {
    return parsePolicy(input ?? {});
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    for (const { key, message } of error.problems) {
      context.addIssue({ code: 'custom', path: key === '' ? [] : key.split('.'), message });
    }
    return z.NEVER;
  }
});

/** Where everything of one deployment is. The same text goes to every Lambda and to the Glue job. */
export const awsConfigSchema = z.strictObject({
  region: regionSchema,
  landing: z.strictObject({ bucket: bucketName, folder: folder.default('transactions/') }),
  dimensions: z.strictObject({ bucket: bucketName, folder: folder.default('dimensions/') }),
  archive: bucket,
  quarantine: bucket,
  staging: bucket,
  ledger: z.strictObject({ bucket: bucketName, prefix: folder.default('ledger/') }),
  redshift: redshiftConfigSchema,
  /** As whom the set-up makes the tables and the user of `redshift`; where it is left out, that user makes and owns them. */
  administrator: z.strictObject({ secretArn: arn('a secret of Secrets Manager') }).optional(),
  glue: z.strictObject({ jobName: word('the name of a Glue job') }),
  /** Undefined where nobody is to be told. */
  topicArn: arn('a topic of SNS').optional(),
  policy: policy.prefault({}),
  /** How many runs may try a file version before it is left for people. */
  maxAttempts: z
    .int('must be a whole number from 1 to 100')
    .min(1, 'must be a whole number from 1 to 100')
    .max(100, 'must be a whole number from 1 to 100')
    .default(3),
});

export type AwsConfig = Readonly<z.output<typeof awsConfigSchema>>;
export type AwsConfigInput = z.input<typeof awsConfigSchema>;
