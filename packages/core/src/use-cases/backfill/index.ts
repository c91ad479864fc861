export * from './backfill.ts';
