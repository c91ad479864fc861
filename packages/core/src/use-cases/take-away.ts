import type { Archive, FileStore, Quarantine } from '../ports/file-store.port.ts';
import type { FileProblem, FileReport } from '../ports/ingest-report.ts';
import type { LandedFile } from '../ports/landing-zone.port.ts';
import { isPortError } from '../ports/port-error.ts';
import { toProblem } from './report-file.ts';

export interface Taken {
  readonly takenTo: 'archive' | 'quarantine' | undefined;
  /** Why it could not be moved; it is committed all the same, and the next run moves it. */
  readonly problem: FileProblem | undefined;
}

const LEFT_ALONE: Taken = { takenTo: undefined, problem: undefined };

/** Takes a file to where its status sends it: committed ones to the archive, refused ones to the quarantine. */
export async function takeAway(
  landed: LandedFile,
  { status, contentHash }: FileReport,
  places: { readonly archive?: Archive | undefined; readonly quarantine?: Quarantine | undefined },
): Promise<Taken> {
  if (status === 'failed' || contentHash === undefined) return LEFT_ALONE;
  const takenTo = status === 'refused' ? 'quarantine' : 'archive';
  const store: FileStore | undefined = places[takenTo];
  if (store === undefined) return LEFT_ALONE;
  try {
    const outcome = await store.take(landed, contentHash);
    return outcome.kind === 'source-missing' ? LEFT_ALONE : { takenTo, problem: undefined };
  } catch (error) {
    if (!isPortError(error)) throw error;
    return { takenTo: undefined, problem: toProblem(error) };
  }
}
