import { encodeStagedLine, type FileToCommit } from '@weir/core';
import { formatTimestamp } from '../format-timestamp.ts';
import { clipText } from '../storable-text.ts';
import { LONGEST_TEXT, LONGEST_TOLD } from '../tables/column-types.ts';

/** The lines of `stage_file`, in staged text. */
export function encodeStagedFiles(files: readonly FileToCommit[]): readonly Uint8Array[] {
  return files.map((file) =>
    encodeStagedLine([
      file.fileNo,
      file.key,
      file.contentHash,
      file.status === 'replayed' ? 'loaded' : file.status,
      file.refusal?.code ?? '',
      clipText(file.refusal?.message ?? '', LONGEST_TOLD),
      file.size,
      file.sourceDay,
      formatTimestamp(file.sourceModified),
      toStorableHeader(file.header),
      file.blankLines,
      file.read,
      file.rejected,
      JSON.stringify(file.rejectsByCode),
      file.status === 'replayed' ? 1 : 0,
    ]),
  );
}

/** A header is of use only as it was, so one that cannot be kept whole is not kept. */
function toStorableHeader(header: string): string {
  return clipText(header, LONGEST_TEXT) === header ? header : '';
}
