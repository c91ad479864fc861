import { encodeStagedLine, type UndoToCommit } from '@weir/core';

/** The lines of `stage_undo_source`, in staged text. */
export function encodeUndoSources(sources: UndoToCommit['sources']): readonly Uint8Array[] {
  return sources.map(({ fileNo, runId, key }) => encodeStagedLine([fileNo, runId, key]));
}
