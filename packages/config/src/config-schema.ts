import { regionSchema } from '@weir/adapters-aws/config';
import { policySchema } from '@weir/core';
import * as z from 'zod';
import { databaseSchema } from './database-schema.ts';
import { place, store } from './place-schema.ts';

/** What a profile may say otherwise. */
function settings<Policy extends z.ZodType>(policy: Policy) {
  return {
    policy: policy.optional().describe('The rules: what is accepted, and which row wins.'),
    landing: place.optional().describe('Where files land. A folder, or s3://bucket/folder/.'),
    archive: store
      .optional()
      .describe('Takes the files that were loaded; without it they stay. A folder, or s3://bucket.'),
    quarantine: store
      .optional()
      .describe('Takes the files that were refused; without it they stay. A folder, or s3://bucket.'),
    database: databaseSchema.optional().describe('Where the tables are. Without it, ./.weir/postgres.'),
    aws: z
      .strictObject({
        region: regionSchema.optional().describe('Without it, AWS_REGION.'),
        profile: z
          .string()
          .min(1, 'must be the name of a profile of AWS')
          .optional()
          .describe('The profile of ~/.aws whose credentials are taken. Without it, AWS_PROFILE.'),
      })
      .optional()
      .describe('Needed where a place or the database is on AWS.'),
  };
}

function file<Policy extends z.ZodType>(policy: Policy) {
  return z.strictObject({
    $schema: z.string().optional().describe('Where the JSON schema is, for editors.'),
    ...settings(policy),
    profiles: z
      .record(
        z.string().regex(/^[\w-]{1,64}$/, 'must be a name of letters, digits, _ and -'),
        z.strictObject(settings(policy)),
      )
      .optional()
      .describe('Further settings under a name; --profile NAME puts them over the others.'),
  });
}

/** A policy is judged once a profile was put over it: whether it is one at all does not show before. */
export const configSchema = file(z.record(z.string(), z.unknown(), 'must be an object'));

export type ConfigFile = z.output<typeof configSchema>;
export type ConfigSettings = Omit<ConfigFile, '$schema' | 'profiles'>;

/** The whole form, for editors and documents. */
export const publishedSchema = file(policySchema);

export type WeirConfig = z.input<typeof publishedSchema>;
