import type { Fault, Reject } from '@weir/core';
import { formatCount } from '@weir/core/text';
import { type Html, type HtmlValue, html } from '../html/html.ts';
import { statusMark } from '../html/status-mark.ts';
import { table } from '../html/table.ts';

export interface RejectTableContent {
  readonly caption: string;
  readonly rejects: readonly Reject[];
  /** Whether the records are shown as they were delivered; else only where they stand and what they broke. */
  readonly withValues: boolean;
}

const LONGEST_RECORD = 500;

export function rejectTable({ caption, rejects, withValues }: RejectTableContent): Html {
  return table({
    caption,
    columns: [
      { title: 'file' },
      { title: 'line', align: 'right' },
      { title: 'state' },
      { title: 'faults' },
      ...(withValues ? [{ title: 'record' }] : []),
    ],
    rows: rejects.map((reject) => [
      reject.key,
      formatCount(reject.line),
      statusMark(reject.state),
      html`<ul class="plain">${reject.faults.map(describeFault)}</ul>`,
      ...(withValues ? [record(reject)] : []),
    ]),
  });
}

function describeFault({ code, column, message }: Fault): Html {
  return html`<li><code>${code}</code> ${column !== '' && html`in <code>${column}</code>`}<br>${message}</li>`;
}

function record({ rawRecord, rawEncoding, isTruncated }: Reject): HtmlValue {
  const isLong = isTruncated || rawRecord.length > LONGEST_RECORD;
  const text = rawEncoding === 'base64' ? `base64: ${rawRecord}` : rawRecord;
  return html`<code class="record">${text.slice(0, LONGEST_RECORD)}</code>${isLong && ' (cut)'}`;
}
