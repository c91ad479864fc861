export * from './aws-config.ts';
export * from './client-settings.ts';
export * from './parse-aws-config.ts';
export { redshiftConfigSchema } from './redshift-config.ts';
export { regionSchema } from './region-schema.ts';
