import type { AwsSettings } from '../config/aws-settings.ts';
import type { RedshiftSetting } from '../config/choose-database.ts';
import { createAwsPorts } from './create-aws-ports.ts';
import type { DatabasePorts } from './database-ports.ts';
import { openAws } from './open-aws.ts';

/** @throws CommandError `usage.no-region` */
export async function openRedshift(
  setting: RedshiftSetting,
  settings: AwsSettings,
): Promise<{ readonly ports: DatabasePorts; close(): Promise<void> }> {
  const aws = await openAws(settings);
  return { ports: createAwsPorts(aws, setting), close: async () => aws.s3.destroy() };
}
