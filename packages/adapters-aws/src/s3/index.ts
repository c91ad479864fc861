export { type CopyLimits, S3_COPY_LIMITS } from './copy-version.ts';
export * from './create-s3-client.ts';
export { type S3Version, toLandedVersion } from './landed-version.ts';
export * from './s3-fault.ts';
export * from './s3-file-store.ts';
export * from './s3-landing-zone.ts';
export * from './s3-run-ledger.ts';
export * from './stream-object.ts';
