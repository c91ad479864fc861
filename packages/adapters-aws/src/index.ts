export * from './config/index.ts';
export * from './s3/index.ts';
