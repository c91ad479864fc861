import * as z from 'zod';
import { arn, word } from './named-things.ts';

/** Which Redshift, as whom, and what it may read. */
export const redshiftConfigSchema = z
  .strictObject({
    database: word('the name of a database').describe('The name of the database.'),
    workgroupName: word('the name of a Serverless workgroup')
      .optional()
      .describe('A workgroup of Redshift Serverless; either this or clusterIdentifier.'),
    clusterIdentifier: word('the name of a provisioned cluster').optional().describe('A provisioned cluster.'),
    dbUser: word('the name of a database user')
      .optional()
      .describe('With a cluster and without a secret: the user whose temporary credentials are taken.'),
    secretArn: arn('a secret of Secrets Manager')
      .optional()
      .describe(
        'The secret of Secrets Manager that holds user and password; of a deployment, its output WarehouseSecret. Without it, the IAM identity counts.',
      ),
    copyRoleArn: arn('the role with which COPY and UNLOAD read and write the staging bucket').describe(
      'The role with which COPY and UNLOAD read and write the staging bucket.',
    ),
  })
  .superRefine(({ workgroupName, clusterIdentifier, dbUser, secretArn }, context) => {
    const refuse = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message });
    if ((workgroupName === undefined) === (clusterIdentifier === undefined)) {
      refuse('workgroupName', 'either this or clusterIdentifier must be given, and not both');
    }
    if (dbUser !== undefined && clusterIdentifier === undefined) refuse('dbUser', 'goes with clusterIdentifier only');
    if (dbUser !== undefined && secretArn !== undefined) refuse('dbUser', 'must be left out where secretArn is given');
  });
