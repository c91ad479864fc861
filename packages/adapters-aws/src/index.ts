export * from './config/index.ts';
export * from './glue/index.ts';
export * from './redshift/index.ts';
export * from './s3/index.ts';
export * from './secrets/index.ts';
export * from './sns/index.ts';
export * from './sts/index.ts';
