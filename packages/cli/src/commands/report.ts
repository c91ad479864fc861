import { relative, resolve } from 'node:path';
import { parsePolicy, type RunHistory, type RunRecord } from '@weir/core';
import { printable } from '@weir/core/text';
import { collectReport, renderReport } from '@weir/pages';
import { withDatabase } from '../composition/with-database.ts';
import { CommandError } from '../errors/command-error.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { membersOf } from '../output/column.ts';
import { formatBytes } from '../output/format-amount.ts';
import { writeWhole } from '../report/write-whole.ts';
import { findRun } from '../runs/find-run.ts';
import type { Session } from '../session.ts';

export interface ReportCommandOptions {
  readonly id: string | undefined;
  readonly out: string;
  readonly withValues?: true | undefined;
}

export async function report(session: Session, { id, out, withValues }: ReportCommandOptions): Promise<number> {
  const { screen, interruption, cwd } = session;
  const { amountClasses } = session.policy ?? parsePolicy();
  const options = { classes: amountClasses.map(({ name }) => name), withValues: withValues === true };
  return await withDatabase(session, async (ports) => {
    const run = await interruption.race(id === undefined ? newestRun(ports.history) : findRun(ports.history, id));
    const page = renderReport(await interruption.race(collectReport(ports, run)), options);
    const file = resolve(cwd, out);
    // Records may hold personal data.
    await writeWhole(file, page, options.withValues ? 0o600 : 0o644);
    const bytes = Buffer.byteLength(page);
    const written = { runId: run.runId, file, bytes, withValues: options.withValues };
    screen.document(written);
    screen.records(membersOf('runId', 'file', 'bytes', 'withValues'), [written]);
    const shown = relative(cwd, file).startsWith('..') ? file : relative(cwd, file);
    screen.say(
      `The report of run ${run.runId} is in ${printable(shown)} (${formatBytes(bytes)}): open it in a browser.`,
    );
    return EXIT_CODE.done;
  });
}

async function newestRun(history: RunHistory): Promise<RunRecord> {
  const [newest] = await history.runs({ limit: 1 });
  const run = newest && (await history.run(newest.runId));
  if (run !== undefined) return run;
  throw new CommandError({
    code: 'runs.none',
    message: 'There is no run yet to report on.',
    remedy: 'Start one with weir ingest --landing <folder>.',
  });
}
