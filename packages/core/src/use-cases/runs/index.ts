/** Planned runs: who takes which files, the life of a run from its plan to its notice, and the sweep behind it all. */
export * from './change-run.ts';
export * from './plan-runs.ts';
export * from './run-lease.ts';
export * from './run-ports.ts';
export * from './run-states.ts';
export * from './start-run.ts';
export * from './start-waiting-runs.ts';
