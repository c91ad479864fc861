export * from './create-glue-client.ts';
export * from './glue-job-launcher.ts';
