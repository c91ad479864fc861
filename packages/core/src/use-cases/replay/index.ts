export { type HealOptions, type HealPorts, healPending } from './heal-pending.ts';
export { readRejectValues } from './read-reject-values.ts';
export type * from './replay-options.ts';
export { ORPHAN_CODES, replayRejects } from './replay-rejects.ts';
