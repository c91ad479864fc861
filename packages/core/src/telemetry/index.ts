/** What programs are told about runs. */
export { VERDICTS } from '../rules/verdict.ts';
export * from './file-document.ts';
export type { DatasetName, LineageEvent } from './lineage-event.ts';
export * from './lineage-log.ts';
export * from './measure.ts';
export * from './metrics.ts';
export * from './render-prometheus.ts';
export * from './run-event.ts';
export * from './run-event-log.ts';
