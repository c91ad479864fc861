import type { Delivery, PlacedRow } from './delivery.ts';
import { LIFECYCLE } from './shop-words.ts';

/** The fields of rule 6, the one that decides first in front. */
export interface ModelVersion {
  readonly terminal: number;
  readonly transaction_date: string;
  readonly status_rank: number;
  readonly source_day: string;
  readonly source_modified: number;
  readonly source_line: number;
  readonly source_key: string;
}

export function versionOf(
  { row, line }: PlacedRow,
  delivery: Delivery,
  { terminalStatuses }: { readonly terminalStatuses: readonly string[] },
): ModelVersion {
  return {
    terminal: terminalStatuses.includes(row.status.value) ? 1 : 0,
    transaction_date: row.date.value,
    status_rank: LIFECYCLE.indexOf(row.status.value) + 1,
    source_day: sourceDayOf(delivery),
    source_modified: delivery.modifiedAt,
    source_line: line,
    source_key: delivery.key,
  };
}

/** Above 0 where `a` wins. */
export function compareModelVersions(a: ModelVersion, b: ModelVersion): number {
  return (
    a.terminal - b.terminal ||
    compareDays(a.transaction_date, b.transaction_date) ||
    a.status_rank - b.status_rank ||
    compareDays(a.source_day, b.source_day) ||
    a.source_modified - b.source_modified ||
    a.source_line - b.source_line ||
    Buffer.compare(Buffer.from(a.source_key), Buffer.from(b.source_key))
  );
}

function sourceDayOf({ key, modifiedAt }: Delivery): string {
  const inPath = /year=(\d{4})\/month=(\d{2})\/day=(\d{2})\//.exec(key)?.slice(1).join('-');
  const inName = /\d{4}-\d{2}-\d{2}/.exec(key.slice(key.lastIndexOf('/') + 1))?.[0];
  return inPath ?? inName ?? new Date(modifiedAt).toISOString().slice(0, 10);
}

function compareDays(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}
