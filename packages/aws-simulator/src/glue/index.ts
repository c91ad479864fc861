export type { GlueJobDefinition, GlueOptions, GlueOutcome, GlueRun, GlueRunner } from './glue-job.ts';
export { GlueService } from './glue-service.ts';
