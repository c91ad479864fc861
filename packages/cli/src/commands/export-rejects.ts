import { resolve } from 'node:path';
import type { Reject } from '@weir/core';
import { printable } from '@weir/core/text';
import type { RejectFilterOptions } from '../command-line/add-reject-filter.ts';
import { withDatabase } from '../composition/with-database.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { membersOf } from '../output/column.ts';
import { createMeter } from '../output/create-meter.ts';
import { formatCounted } from '../output/format-amount.ts';
import { CsvFile } from '../rejects/csv-file.ts';
import { EXPORT_HEADER, writeRejectCells } from '../rejects/reject-cells.ts';
import { toRejectFilter } from '../rejects/to-reject-filter.ts';
import type { Session } from '../session.ts';

export interface ExportRejectsOptions extends RejectFilterOptions {
  readonly out: string;
  readonly verbatim?: true | undefined;
}

interface ExportCounts {
  rejects: number;
  defusedCells: number;
  withoutColumns: number;
}

export async function exportRejects(session: Session, options: ExportRejectsOptions): Promise<number> {
  const { screen, interruption, cwd } = session;
  interruption.consequence = 'Nothing was written.';
  const filterAt = toRejectFilter(options);
  return await withDatabase(session, async ({ rejects: store, clock }) => {
    const filter = filterAt(clock.now());
    const out = await CsvFile.open(resolve(cwd, options.out));
    const meter = await createMeter(screen, 'quiet');
    const counts: ExportCounts = { rejects: 0, defusedCells: 0, withoutColumns: 0 };
    try {
      await out.write(`${EXPORT_HEADER}\n`);
      for await (const page of store.readRejects(filter)) {
        interruption.signal.throwIfAborted();
        await out.write(writePage(page, options.verbatim === true, counts));
        meter.update(() => ({ phase: 'Exporting rejects', details: [formatCounted(counts.rejects, 'row')] }));
      }
      await out.keep();
    } catch (error) {
      await out.discard();
      throw error;
    } finally {
      meter.stop();
    }
    const told = { ...counts, out: out.path };
    screen.document(told);
    screen.records(membersOf('rejects', 'defusedCells', 'withoutColumns', 'out'), [told]);
    tellExport(session, out.path, counts);
    return EXIT_CODE.done;
  });
}

function writePage(page: readonly Reject[], verbatim: boolean, counts: ExportCounts): string {
  return page
    .map((reject) => {
      const { text, defused, hasValues } = writeRejectCells(reject, verbatim);
      counts.rejects++;
      counts.defusedCells += defused;
      if (!hasValues) counts.withoutColumns++;
      return `${text}\n`;
    })
    .join('');
}

function tellExport({ screen }: Session, path: string, { rejects, defusedCells, withoutColumns }: ExportCounts): void {
  screen.say(`Wrote ${formatCounted(rejects, 'rejected row')} to ${printable(path)}`);
  if (withoutColumns > 0) {
    screen.say(
      `${formatCounted(withoutColumns, 'record')} could not be told apart into columns: see the column source_record.`,
    );
  }
  if (defusedCells > 0) {
    screen.say(
      `${formatCounted(defusedCells, 'cell')} that a spreadsheet would run as a formula begin with an apostrophe: take it ` +
        'away before you deliver the rows again, or export with --verbatim.',
    );
  }
}
