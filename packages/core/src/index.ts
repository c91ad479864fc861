export * from './policy/parse-policy.ts';
export { type Policy, type PolicyInput, policySchema } from './policy/policy.ts';
export { policyHash } from './policy/policy-hash.ts';
export * from './ports/index.ts';
export * from './rules/decide-upsert.ts';
export * from './rules/faults.ts';
export * from './rules/version.ts';
export * from './staging/stage-columns.ts';
export * from './staging/staged-text.ts';
