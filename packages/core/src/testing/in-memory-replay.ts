import { PortError } from '../ports/port-error.ts';
import type { FileToCommit } from '../ports/warehouse.port.ts';
import type { StagedReject } from './build-staged-reject.ts';
import type { StagedRow } from './build-staged-row.ts';
import type { StoredReject } from './stored-rows.ts';

/** @throws PortError `warehouse.rejects-settled` where a staged line of a replay is no open reject */
export function requireOpenRejects(
  stored: readonly StoredReject[],
  files: readonly FileToCommit[],
  rows: readonly StagedRow[],
  rejects: readonly StagedReject[],
): void {
  const open = new Set(stored.filter(({ state }) => state === 'open').map(placeOfStored));
  const replayed = placeReplayed(files);
  const settled = [...rows, ...rejects].find((line) => {
    const place = replayed(line);
    return place !== undefined && !open.has(place);
  });
  if (settled === undefined) return;
  throw new PortError({
    code: 'warehouse.rejects-settled',
    message: 'A reject that was replayed is not open any more, so nothing was committed.',
    retryable: true,
  });
}

/** The stored rejects once the rows of a replay are accepted or rejected again. */
export function settleReplayed(
  stored: readonly StoredReject[],
  files: readonly FileToCommit[],
  rows: readonly StagedRow[],
  rejects: readonly StagedReject[],
  last_seen: number,
): readonly StoredReject[] {
  const replayed = placeReplayed(files);
  const accepted = new Set(rows.map(replayed));
  const again = new Map(rejects.map((reject) => [replayed(reject), reject.faults]));
  return stored.map((reject) => {
    const place = placeOfStored(reject);
    if (accepted.has(place)) return { ...reject, state: 'resolved', last_seen };
    const faults = again.get(place);
    return faults === undefined ? reject : { ...reject, faults, last_seen };
  });
}

/** The place of a staged line; undefined where its file is no replay. */
function placeReplayed(files: readonly FileToCommit[]) {
  const replays = new Map(files.filter(({ status }) => status === 'replayed').map((file) => [file.fileNo, file]));
  return ({ file_no, source_line }: { readonly file_no: number; readonly source_line: number }) => {
    const file = replays.get(file_no);
    return file === undefined ? undefined : JSON.stringify([file.key, file.contentHash, source_line]);
  };
}

function placeOfStored({ source_key, content_hash, source_line }: StoredReject): string {
  return JSON.stringify([source_key, content_hash, source_line]);
}
