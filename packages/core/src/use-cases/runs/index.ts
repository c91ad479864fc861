/** Planned runs: who takes which files, the life of a run from its plan to its notice, and the sweep behind it all. */
export * from './archive-run.ts';
export * from './change-run.ts';
export * from './establish-end.ts';
export * from './finish-run.ts';
export * from './notice/compose-notice.ts';
export * from './notice/notice-context.ts';
export type { EndedRun, NoticeState } from './notice/notice-facts.ts';
export * from './plan-runs.ts';
export * from './rebuild-report.ts';
export * from './reconcile.ts';
export * from './run-lease.ts';
export * from './run-ports.ts';
export * from './run-states.ts';
export * from './send-notice.ts';
export * from './start-run.ts';
export * from './start-waiting-runs.ts';
export type { Reconciliation, SweepProblem } from './sweep-report.ts';
