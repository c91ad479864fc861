import { redshiftConfigSchema } from '@weir/adapters-aws/config';
import * as z from 'zod';
import { bucketPlace } from './place-schema.ts';

const ADDRESS = 'must be an address such as "postgres://user@host:5432/shop", or {"env": "NAME"}';
const PASSWORD_IN_ADDRESS =
  'holds a password, which does not belong in a file: take it out and name the variable of the environment that holds it ' +
  'with "password": {"env": "NAME"}, or give the whole address as {"env": "NAME"}';

/** Secrets are never written in the file. */
const fromEnvironment = (otherwise: string) =>
  z
    .strictObject(
      {
        env: z
          .string()
          .regex(/^[A-Za-z_]\w*$/, 'must be the name of a variable')
          .describe('The name of the variable.'),
      },
      otherwise,
    )
    .describe('The name of the environment variable that holds it.');

const address = z
  .string(ADDRESS)
  .regex(/^postgres(ql)?:\/\/./, ADDRESS)
  .refine(holdsNoPassword, PASSWORD_IN_ADDRESS);

const postgres = z
  .strictObject({
    url: z
      .union([address, fromEnvironment(ADDRESS)], ADDRESS)
      .describe(
        'Its address without a password, postgres://user@host:5432/name, or the variable that holds the address.',
      ),
    password: fromEnvironment('must be {"env": "NAME"}: a password is never written in the file')
      .optional()
      .describe('The variable that holds the password. Without it, PGPASSWORD and ~/.pgpass count.'),
  })
  .describe('A Postgres of your own.');

const redshift = redshiftConfigSchema
  .safeExtend({
    staging: bucketPlace.describe('The bucket through which rows come to Redshift, s3://bucket.'),
  })
  .describe('Amazon Redshift, by way of its Data API.');

/** Exactly one of its keys is given. */
export const databaseSchema = z
  .strictObject({
    embedded: z
      .string('must be a folder')
      .min(1, 'must be a folder')
      .optional()
      .describe('A folder in which the server that comes with Weir keeps its data.'),
    postgres: postgres.optional(),
    redshift: redshift.optional(),
  })
  .refine((database) => Object.values(database).filter((value) => value !== undefined).length === 1, {
    message: 'must have exactly one of embedded, postgres and redshift',
  });

export type DatabaseSetting = z.output<typeof databaseSchema>;

function holdsNoPassword(text: string): boolean {
  if (/[?&](ssl)?password=/i.test(text)) return false;
  if (URL.canParse(text)) return new URL(text).password === '';
  // What cannot be read as an address may still hold one.
  return !/:[^/@]*@/.test(text.replace(/^\w+:\/\//, ''));
}
