import type { LoggedFile } from '../../ports/delivery-log.port.ts';
import type { LandedFile } from '../../ports/landing-zone.port.ts';
import type { FileVerdict } from './verify-file.ts';

/** Problems that are kept one by one; the counts are of all. */
export const MOST_PROBLEMS = 1000;

/** Whether an archive holds what was committed. `files = intact + missing + changed + unreadable`. */
export interface ArchiveReport {
  /** Of the archive. */
  readonly location: string;
  /** Committed deliveries that were looked for. */
  readonly files: number;
  /** Bytes that were read. */
  readonly bytes: number;
  readonly intact: number;
  readonly missing: number;
  readonly changed: number;
  readonly unreadable: number;
  /** Files that no run knows; undefined where nobody asked. */
  readonly strays: number | undefined;
  /** The first of them. */
  readonly problems: readonly ArchiveProblem[];
}

export type ArchiveProblem =
  | (LostDelivery & { readonly kind: 'missing' })
  /** Other bytes lie under its name. */
  | (LostDelivery & { readonly kind: 'changed'; readonly storedAs: string; readonly foundSize: number })
  | (LostDelivery & { readonly kind: 'unreadable'; readonly reason: string })
  | { readonly kind: 'stray'; readonly storedAs: string; readonly foundSize: number };

/** A committed delivery that the archive cannot give back. */
export interface LostDelivery {
  readonly key: string;
  readonly contentHash: string;
  readonly size: number;
  readonly sourceDay: string;
  readonly runId: string;
}

/** Adds up what is found. */
export class ArchiveFindings {
  files = 0;
  bytes = 0;
  private readonly location: string;
  private readonly counts = { intact: 0, missing: 0, changed: 0, unreadable: 0 };
  private strays = 0;
  private readonly problems: ArchiveProblem[] = [];

  constructor(location: string) {
    this.location = location;
  }

  add(file: LoggedFile, { kind, foreign, reason = '' }: FileVerdict): void {
    const { key, contentHash, size, sourceDay, runId } = file;
    const lost: LostDelivery = { key, contentHash, size, sourceDay, runId };
    this.files++;
    this.counts[kind]++;
    if (kind === 'missing') this.keep({ kind, ...lost });
    if (kind === 'unreadable') this.keep({ kind, ...lost, reason });
    if (kind === 'changed') this.keep({ kind, ...lost, storedAs: foreign[0]!.key, foundSize: foreign[0]!.size });
    // Its own bytes lie beside what does not belong there.
    if (kind === 'intact') for (const stored of foreign) this.addStray(stored);
  }

  addStray({ key, size }: LandedFile): void {
    this.strays++;
    this.keep({ kind: 'stray', storedAs: key, foundSize: size });
  }

  report(withStrays: boolean): ArchiveReport {
    const { location, files, bytes, counts, strays } = this;
    const problems = withStrays ? this.problems : this.problems.filter(({ kind }) => kind !== 'stray');
    return { location, files, bytes, ...counts, strays: withStrays ? strays : undefined, problems };
  }

  private keep(problem: ArchiveProblem): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
  }
}
