import * as z from 'zod';

const S3 = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[^\p{Cc}]*)?$/u;
const S3_PLACE = 'must be "s3://bucket/folder/" with a bucket of 3 to 63 small letters, digits, - and .';

const BUCKET = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/?$/;

/** A bucket as a whole. */
export const bucketPlace = z.string('must be "s3://bucket"').regex(BUCKET, 'must be "s3://bucket", without a folder');

/** Where files land: a folder, or a place in S3. */
export const place = z
  .string('must be a folder or "s3://bucket/folder/"')
  .regex(/^[^\p{Cc}]+$/u, 'must be a folder or "s3://bucket/folder/"')
  .refine((text) => !/^[a-z][a-z0-9+.-]+:\/\//i.test(text) || S3.test(text), S3_PLACE);

/** Where files are taken to: a folder, or a bucket as a whole, in which they keep their paths. */
export const store = place.refine((text) => !text.startsWith('s3://') || BUCKET.test(text), {
  message: 'must be "s3://bucket", without a folder: files keep their paths in it',
});
