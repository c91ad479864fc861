import type { Reject, RejectQuery, RejectStore } from '@weir/core';
import type { RejectFilterOptions } from '../command-line/add-reject-filter.ts';
import { withDatabase } from '../composition/with-database.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { callWeir } from '../output/call-weir.ts';
import { drawRejects } from '../output/draw-books.ts';
import { formatCount, formatCounted } from '../output/format-amount.ts';
import { section } from '../output/section.ts';
import { tellTable } from '../output/tell-table.ts';
import { namePlace } from '../rejects/name-place.ts';
import { rejectColumns } from '../rejects/reject-columns.ts';
import { rejectCountsDocument, rejectSummaryDocument } from '../rejects/reject-document.ts';
import { toRejectFilter } from '../rejects/to-reject-filter.ts';
import type { Session } from '../session.ts';

export interface ListRejectsOptions extends RejectFilterOptions {
  readonly limit: number;
}

export async function listRejects(session: Session, options: ListRejectsOptions): Promise<number> {
  const { screen, interruption, env } = session;
  const filterAt = toRejectFilter(options);
  return await withDatabase(session, async ({ rejects: store, clock }) => {
    const filter = filterAt(clock.now());
    const counts = await interruption.race(store.countRejects(filter));
    const rejects = await interruption.race(readAll(store, { ...filter, limit: options.limit }));
    screen.document({ ...rejectCountsDocument(counts), rejects: rejects.map(rejectSummaryDocument) });
    const [first] = rejects;
    if (first === undefined) {
      screen.records(rejectColumns(rejects), rejects);
      screen.say(`No ${describeState(options)}rejected row fits.`);
      return EXIT_CODE.done;
    }
    tellTable(screen, rejectColumns(rejects), rejects, describeReject);
    const title = `${formatCounted(counts.rejects, `${describeState(options)}rejected row`)}, by reason (a row may have several)`;
    section(screen, title, drawRejects(counts.byCode));
    screen.say();
    if (counts.rejects > rejects.length) {
      screen.say(`The first ${formatCount(rejects.length)} are listed; --limit lists more.`);
    }
    screen.say(`One of them: ${callWeir(env)} rejects show ${namePlace(first, rejects)}`);
    return EXIT_CODE.done;
  });
}

async function readAll(store: RejectStore, query: RejectQuery): Promise<readonly Reject[]> {
  const all: Reject[] = [];
  for await (const page of store.readRejects(query)) all.push(...page);
  return all;
}

function describeState({ state }: RejectFilterOptions): string {
  return state === undefined || state === 'all' ? '' : `${state} `;
}

/** For terminals on which no table fits. */
function describeReject(reject: Reject): string {
  return `${namePlace(reject, [])}\n  ${reject.faults.map(({ code }) => code).join(', ')}`;
}
