/** What an operator does with the past: gaps, backfill, the archive, undo. */
export * from './use-cases/archive/index.ts';
export * from './use-cases/backfill/index.ts';
export * from './use-cases/gaps/index.ts';
export * from './use-cases/undo/index.ts';
