import { isTransactionKey } from '../../intake/is-transaction-key.ts';
import { readSourceDay } from '../../intake/read-source-day.ts';
import type { DayRange } from '../../ports/day-range.ts';
import type { LandedFile } from '../../ports/landing-zone.port.ts';
import { compareUtf8 } from '../../rules/version.ts';

/**
 * The files whose source day is in the range, in runs: the oldest day first, at most so many files a run, and each key once
 * in a run.
 */
export function splitBackfill(
  files: readonly LandedFile[],
  { fromDay, toDay }: DayRange,
  filesPerRun: number,
): readonly (readonly LandedFile[])[] {
  const wanted = files
    .filter(({ key }) => isTransactionKey(key))
    .map((file) => ({ file, day: readSourceDay(file.key, file.modifiedAt) }))
    .filter(({ day }) => day >= fromDay && day <= toDay)
    .sort((a, b) => compareUtf8(a.day, b.day) || compareUtf8(a.file.key, b.file.key) || compareTimes(a.file, b.file));
  const runs: Map<string, LandedFile>[] = [];
  // Those before it are full.
  let firstOpen = 0;
  for (const { file } of wanted) {
    while (runs[firstOpen]?.size === filesPerRun) firstOpen++;
    const open = runs.findIndex((run, i) => i >= firstOpen && run.size < filesPerRun && !run.has(file.key));
    if (open >= 0) runs[open]!.set(file.key, file);
    else runs.push(new Map([[file.key, file]]));
  }
  return runs.map((run) => [...run.values()]);
}

function compareTimes(a: LandedFile, b: LandedFile): number {
  return a.modifiedAt - b.modifiedAt || compareUtf8(a.version, b.version);
}
