import { createS3Client } from '@weir/adapters-aws';
import type { AwsSettings } from '../config/aws-settings.ts';
import { usageError } from '../errors/command-error.ts';

export interface Aws extends AwsSettings {
  readonly region: string;
  readonly s3: ReturnType<typeof createS3Client>;
}

/** @throws CommandError `usage.no-region` */
export async function openAws({ region, profile }: AwsSettings): Promise<Aws> {
  const s3 = createS3Client({ region, profile });
  const found = await s3.config.region().catch((error: unknown) => {
    throw usageError({
      code: 'usage.no-region',
      message: `The region of AWS is not known: neither the configuration nor AWS_REGION nor a profile of ~/.aws names one.`,
      remedy: 'Write "aws": {"region": "eu-central-1"} in weir.config.json, or set AWS_REGION.',
      cause: error,
    });
  });
  return { s3, region: found, profile };
}
