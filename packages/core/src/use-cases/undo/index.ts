export * from './undo-options.ts';
export { undoRun } from './undo-run.ts';
