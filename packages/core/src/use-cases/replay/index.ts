export type * from './replay-options.ts';
export { ORPHAN_CODES, replayRejects } from './replay-rejects.ts';
