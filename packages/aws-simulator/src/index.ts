export {
  AwsSimulator,
  type ClientConfig,
  startAwsSimulator,
} from './aws-simulator.ts';
export type { AwsSimulatorOptions } from './aws-simulator-options.ts';
export type { Deployment, DeploymentOptions } from './deploy/deploy-assembly.ts';
export type { FaultForm, FaultHandle, FaultOptions, InjectedFault } from './faults/fault-options.ts';
export type { GlueJobDefinition, GlueOptions, GlueOutcome, GlueRun, GlueRunner, GlueService } from './glue/index.ts';
export { LambdaError } from './lambda/lambda-error.ts';
export type { FunctionDefinition } from './lambda/lambda-function.ts';
export type { QueueReaderDefinition } from './lambda/queue-reader.ts';
export type { RedshiftDataService, RedshiftFault, RedshiftFaultKind, RedshiftOptions } from './redshift-data/index.ts';
export { ServiceFault } from './server/service.ts';
export type { Mail } from './sns/topics.ts';
