/**
 * A small AWS on one machine, for tests: real clients of the SDK talk to it over HTTP.
 *
 * It does what AWS does where a design leans on it, also what is awkward: conflicts, delete markers, ETags that are no MD5,
 * events that come twice or never, answers that are lost. What it does not do it refuses with `NotImplemented`.
 *
 * Not simulated: who may do what (IAM, policies, signatures), encryption but for its ETags, lifecycle rules, retention,
 * tags, quotas, the time that AWS takes, FIFO queues and topics, event buses other than the default one. A schedule fires
 * when a test says so.
 */
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
