import { probeFolder } from '@weir/adapters-local/filesystem';
import type { AwsSettings } from '../config/aws-settings.ts';
import { isS3Place } from '../ingest/is-s3-place.ts';
import { splitS3Place } from './split-s3-place.ts';

export interface PlaceNeeds {
  /** For the code of an error: `landing`, `archive`. */
  readonly use: string;
  readonly mustWrite: boolean;
  /** Folders of which this is true are made on first use; buckets never are. */
  readonly mayBeMissing: boolean;
}

/** Whether a place can be used for what it is for; nothing is written for good. @throws PortError */
export async function probePlace(place: string, needs: PlaceNeeds, aws: AwsSettings): Promise<void> {
  if (!isS3Place(place)) return await probeFolder(place, needs);
  const [{ openAws }, { probeBucket }] = await Promise.all([import('./open-aws.ts'), import('@weir/adapters-aws')]);
  const { s3 } = await openAws(aws);
  try {
    await probeBucket(s3, splitS3Place(place).bucket, needs.use, needs.mustWrite);
  } finally {
    s3.destroy();
  }
}
