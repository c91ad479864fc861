export * from './aws-config.ts';
export * from './client-settings.ts';
export * from './parse-aws-config.ts';
