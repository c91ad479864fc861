import type { RunToCommit } from '@weir/core';

/** What the statements of a commit need to know of a run; its files are in `stage_file`. */
export type RunToRecord = Omit<RunToCommit, 'files'>;
