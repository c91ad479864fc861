import { type Reject, readRejectValues, TRANSACTION_COLUMNS } from '@weir/core';
import type { Column } from '../output/column.ts';
import { formatTime } from '../output/format-amount.ts';
import { namePlace } from './name-place.ts';

/** The columns of rejected rows; the first one is for people, who need not see folders that tell nothing. */
export function rejectColumns(all: readonly Reject[]): readonly Column<Reject>[] {
  return [
    { name: 'file', title: 'row', value: ({ key }) => key, show: (reject) => namePlace(reject, all), gives: true },
    { name: 'line', value: ({ line }) => line, only: 'csv' },
    { name: 'codes', title: 'reasons', value: codesOf, show: describeCodes },
    { name: 'state', value: ({ state }) => state, spare: true },
    {
      name: 'firstSeen',
      title: 'first seen (UTC)',
      value: ({ firstSeen }) => new Date(firstSeen).toISOString(),
      show: ({ firstSeen }) => formatTime(firstSeen).slice(0, -4),
      spare: true,
    },
    { name: 'lastSeen', value: ({ lastSeen }) => new Date(lastSeen).toISOString(), only: 'csv' },
    { name: 'sourceDay', value: ({ sourceDay }) => sourceDay, only: 'csv' },
    { name: 'contentHash', value: ({ contentHash }) => contentHash, only: 'csv' },
    { name: 'runId', value: ({ runId }) => runId, only: 'csv' },
  ];
}

/** The same, with what was delivered. */
export function wholeRejectColumns(all: readonly Reject[]): readonly Column<Reject>[] {
  return [
    ...rejectColumns(all),
    ...TRANSACTION_COLUMNS.map((name) => ({ name, value: (reject: Reject) => readRejectValues(reject)?.[name] })),
    { name: 'record', value: ({ rawRecord }) => rawRecord },
  ];
}

function codesOf({ faults }: Reject): string {
  return faults.map(({ code }) => code).join(' ');
}

/** The first code, and how many come behind it. */
function describeCodes({ faults }: Reject): string {
  const [first, ...others] = faults;
  return `${first?.code ?? ''}${others.length > 0 ? ` +${others.length}` : ''}`;
}
