import { type Reject, readRejectValues } from '@weir/core';
import { printable } from '@weir/core/text';
import { formatTime } from '../output/format-amount.ts';
import type { Screen } from '../output/screen.ts';
import { section } from '../output/section.ts';

/** One rejected row, for people. */
export function tellReject(screen: Screen, reject: Reject): void {
  const { bold } = screen.colors;
  const { key, line, state, runId, firstSeen, lastSeen, contentHash, sourceDay } = reject;
  screen.say(`${bold(`${printable(key)}:${line}`)} ${state}`);
  screen.say(`  rejected   ${formatTime(firstSeen)} by run ${printable(runId)}`);
  if (lastSeen > firstSeen) screen.say(`  last read  ${formatTime(lastSeen)}`);
  screen.say(`  delivered  for ${sourceDay}, content ${contentHash.slice(0, 19)}`);
  section(screen, state === 'resolved' ? 'What was wrong' : 'What is wrong', describeFaults(reject));
  const values = describeValues(reject);
  if (values.length > 0) section(screen, 'Values', values);
  section(screen, describeRecord(reject), [`  ${printable(reject.rawRecord)}`]);
}

function describeFaults({ faults }: Reject): readonly string[] {
  const width = Math.max(...faults.map(({ code }) => code.length));
  return faults.map(({ code, message }) => `  ${code.padEnd(width)}  ${message}`);
}

/** Each column with its value; a mark stands before those that a fault is about. */
function describeValues(reject: Reject): readonly string[] {
  const values = Object.entries(readRejectValues(reject) ?? {});
  const width = Math.max(0, ...values.map(([column]) => column.length));
  const wrong = new Set(reject.faults.map(({ column }) => column));
  return values.map(([column, value]) => {
    return `${wrong.has(column) ? '!' : ' '} ${column.padEnd(width)}  ${printable(value)}`.trimEnd();
  });
}

function describeRecord({ rawEncoding, isTruncated }: Reject): string {
  const parts = [
    ...(rawEncoding === 'base64' ? ['its bytes in base64'] : []),
    ...(isTruncated ? ['only its beginning was kept'] : []),
  ];
  return `Record as delivered${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
}
