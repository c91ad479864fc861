/**
 * Loaded into `weir` before its own code (`node --import`): counts the external calls of the process, statements and calls on
 * files below the trial's folder, and kills it at one of them. Nothing of the command is changed or replaced.
 */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import type { ExternalCall, KillMoment } from './kill-point.ts';
import { watchFiles } from './watch-files.ts';
import { watchStatements } from './watch-statements.ts';

const { WEIR_TRIAL_FOLDER: folder = '', WEIR_TRIAL_CALL, WEIR_TRIAL_MOMENT, WEIR_TRIAL_LOG } = process.env;
const due = Number(WEIR_TRIAL_CALL ?? 0);
const calls: ExternalCall[] = [];

if (isMainThread) {
  await watchFiles(folder, momentOf);
  watchStatements(momentOf);
  if (WEIR_TRIAL_LOG !== undefined) process.once('exit', () => writeFileSync(WEIR_TRIAL_LOG, JSON.stringify(calls)));
}

/** Counts a call, and tells when during it the process is to die. */
function momentOf(call: ExternalCall): KillMoment | undefined {
  calls.push(call);
  return calls.length === due ? (WEIR_TRIAL_MOMENT as KillMoment) : undefined;
}
