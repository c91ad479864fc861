export {
  AwsSimulator,
  type AwsSimulatorOptions,
  type ClientConfig,
  startAwsSimulator,
} from './aws-simulator.ts';
export type { FaultForm, FaultHandle, FaultOptions, InjectedFault } from './faults/fault-options.ts';
export type { RedshiftDataService, RedshiftFault, RedshiftFaultKind, RedshiftOptions } from './redshift-data/index.ts';
