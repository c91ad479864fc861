import { withDatabase } from '../composition/with-database.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { findRun } from '../runs/find-run.ts';
import { FILE_COLUMNS } from '../runs/run-columns.ts';
import { runDocument } from '../runs/run-document.ts';
import { tellRun } from '../runs/tell-run.ts';
import type { Session } from '../session.ts';

export async function showRun(session: Session, { id }: { readonly id: string }): Promise<number> {
  return await withDatabase(session, async ({ history }) => {
    const run = await session.interruption.race(findRun(history, id));
    session.screen.document(runDocument(run));
    session.screen.records(FILE_COLUMNS, run.files);
    tellRun(session.screen, run);
    return EXIT_CODE.done;
  });
}
