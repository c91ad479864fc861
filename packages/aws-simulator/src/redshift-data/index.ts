export { RedshiftDataService } from './redshift-data-service.ts';
export type { RedshiftOptions } from './redshift-options.ts';
export type { RedshiftFault, RedshiftFaultKind } from './statements/redshift-faults.ts';
