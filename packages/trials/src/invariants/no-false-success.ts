import { addBooks, type IngestReport, keyWithHash, type RunRecord } from '@weir/core';
import type { Observation, PlacedFile } from './observation.ts';

/** I6, the first half: nobody was told of a success that is not there, and no file was taken away that was not committed. */
export function checkNoFalseSuccess(
  { runs, archived, quarantined }: Pick<Observation, 'runs' | 'archived' | 'quarantined'>,
  reports: readonly IngestReport[] = [],
): readonly string[] {
  const processed = namesOf(runs, (status) => status !== 'refused');
  const refused = namesOf(runs, (status) => status === 'refused');
  return [
    ...missing(archived, processed).map(({ key }) => `I6 ${key} is archived, but no run committed it`),
    ...missing(quarantined, refused).map(({ key }) => `I6 ${key} is in quarantine, but no run refused it`),
    ...reports.flatMap((report) => checkReport(report, runs, processed)),
  ];
}

/** I6, the second half: after so many rounds without a fault nothing is left to do. */
export function checkNoEndlessRetry({ landed }: Pick<Observation, 'landed'>, rounds: number): readonly string[] {
  return landed.map(({ key }) => `I6 ${key} still waits after ${rounds} rounds without a fault`);
}

function checkReport(
  report: IngestReport,
  runs: readonly RunRecord[],
  processed: ReadonlySet<string>,
): readonly string[] {
  const { runId, files } = report;
  const record = runs.find((run) => run.runId === runId);
  const entries = new Map(record?.files.map((file) => [file.key, file]));
  const told = addBooks(files);
  const recorded = record?.totals ?? addBooks([]);
  return [
    ...files.flatMap(({ key, status, contentHash }) => {
      if (status === 'failed') return [];
      const isThere =
        status === 'already-loaded' ? processed.has(idOf(key, contentHash!)) : entries.get(key)?.status === status;
      return isThere ? [] : [`I6 ${runId} told that ${key} is ${status}, but no run committed that`];
    }),
    ...(JSON.stringify(told) === JSON.stringify({ ...told, ...recorded })
      ? []
      : [`I6 ${runId} told ${JSON.stringify(told)}, but recorded ${JSON.stringify(recorded)}`]),
  ];
}

function namesOf(runs: readonly RunRecord[], wants: (status: string) => boolean): ReadonlySet<string> {
  return new Set(
    runs
      .flatMap(({ files }) => files)
      .filter(({ status }) => wants(status))
      .flatMap(({ key, contentHash }) => [idOf(key, contentHash), idOf(keyWithHash(key, contentHash), contentHash)]),
  );
}

function missing(placed: readonly PlacedFile[], names: ReadonlySet<string>): readonly PlacedFile[] {
  return placed.filter(({ key, contentHash }) => !names.has(idOf(key, contentHash)));
}

function idOf(key: string, contentHash: string): string {
  return JSON.stringify([key, contentHash]);
}
