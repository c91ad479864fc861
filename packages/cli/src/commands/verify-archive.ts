import { isPortError, PortError } from '@weir/core';
import { verifyArchive } from '@weir/core/operations';
import { tellArchive } from '../archive/tell-archive.ts';
import type { DayRangeOptions } from '../command-line/add-day-range.ts';
import { createArchiveReader } from '../composition/create-archive-reader.ts';
import { withDatabase } from '../composition/with-database.ts';
import { resolveRange } from '../days/resolve-range.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { createMeter } from '../output/create-meter.ts';
import { formatBytes, formatCounted } from '../output/format-amount.ts';
import type { Session } from '../session.ts';

export interface VerifyArchiveOptions extends Partial<DayRangeOptions> {
  readonly archive?: string | undefined;
  readonly strays?: true | undefined;
}

export async function verify(session: Session, options: VerifyArchiveOptions): Promise<number> {
  const { screen, interruption } = session;
  const { from, to, strays } = options;
  if (from !== undefined && to !== undefined) resolveRange({ from, to }, Number.POSITIVE_INFINITY);
  const archive = await createArchiveReader(options, session);
  return await withDatabase(session, async ({ deliveries, warehouse }) => {
    const meter = await createMeter(screen);
    try {
      const report = await verifyArchive(
        { deliveries, warehouse, archive },
        {
          range: { ...(from && { fromDay: from }), ...(to && { toDay: to }) },
          strays,
          signal: interruption.signal,
          onProgress: (files, bytes) =>
            meter.update(() => ({
              phase: `Reading ${archive.location}`,
              details: [formatBytes(bytes), formatCounted(files, 'file')],
            })),
        },
      );
      meter.stop();
      tellArchive(screen, report);
      const isWhole = report.files === report.intact && (report.strays ?? 0) === 0;
      return isWhole ? EXIT_CODE.done : EXIT_CODE.refused;
    } catch (error) {
      throw aboutArchive(error);
    } finally {
      meter.stop();
    }
  });
}

/** The archive is read as a place where files land, but nobody asked for that one. */
function aboutArchive(error: unknown): unknown {
  const code = isPortError(error) ? ARCHIVE_CODES.get(error.code) : undefined;
  if (!isPortError(error) || code === undefined) return error;
  const { message, remedy = '', retryable, context, cause } = error;
  return new PortError({
    ...{ code, message, retryable, context, cause },
    remedy: remedy.replace('--landing', '--archive'),
  });
}

const ARCHIVE_CODES = new Map([
  ['landing.not-found', 'archive.not-found'],
  ['landing.unreadable', 'archive.unreadable'],
]);
