import type { IngestReport, LandedFile } from '@weir/core';

/** Remembers which versions were dealt with and stayed in the landing folder: they are not taken up while unchanged. */
export class HandledFiles {
  private versions = new Map<string, string>();

  /** Those that wait to be processed. */
  waiting(files: readonly LandedFile[]): readonly LandedFile[] {
    return files.filter(({ key, version }) => this.versions.get(key) !== version);
  }

  /** Failed files, and those that could not be moved, are tried again. */
  note(taken: readonly LandedFile[], report: IngestReport): void {
    const again = new Set(report.notMoved.map(({ key }) => key));
    const versions = new Map(taken.map(({ key, version }) => [key, version]));
    for (const { key, status, takenTo } of report.files) {
      const version = versions.get(key);
      const isDone = status !== 'failed' && takenTo === undefined && !again.has(key);
      if (isDone && version !== undefined) this.versions.set(key, version);
    }
  }

  /** Forgets what is gone. */
  keepOnly(files: readonly LandedFile[]): void {
    const present = new Set(files.map(({ key }) => key));
    for (const key of this.versions.keys()) if (!present.has(key)) this.versions.delete(key);
  }
}
