/** In-memory adapters, a fault injector and builders of rows; for tests only. */
export * from './build-delivery.ts';
export * from './build-staged-reject.ts';
export * from './build-staged-row.ts';
export * from './commit-deliveries.ts';
export * from './digest-content.ts';
export * from './fixed-clock.ts';
export { COMMIT_RULES, type CommitRules } from './in-memory-commit.ts';
export * from './in-memory-dimension-catalog.ts';
export * from './in-memory-file-store.ts';
export * from './in-memory-job-launcher.ts';
export * from './in-memory-landing-zone.ts';
export * from './in-memory-notifier.ts';
export * from './in-memory-row-workers.ts';
export * from './in-memory-run-ledger.ts';
export * from './in-memory-warehouse.ts';
export * from './inject-fault.ts';
export * from './manual-clock.ts';
export * from './stored-rows.ts';
