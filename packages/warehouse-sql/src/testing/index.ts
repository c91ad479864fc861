export { findRefusals } from './find-refusals.ts';
export { REDSHIFT_RULES } from './redshift-rules.ts';
