import type { ReplayRejectsOptions } from '../command-line/add-reject-filter.ts';
import { withDatabase } from '../composition/with-database.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { membersOf } from '../output/column.ts';
import { createMeter } from '../output/create-meter.ts';
import { replayDocument } from '../rejects/describe-replay.ts';
import { readAgain } from '../rejects/read-again.ts';
import { tellReplay } from '../rejects/tell-replay.ts';
import { toRejectFilter } from '../rejects/to-reject-filter.ts';
import type { Session } from '../session.ts';

export async function replayOpenRejects(session: Session, options: ReplayRejectsOptions): Promise<number> {
  const { screen, interruption } = session;
  interruption.consequence = 'Not every rejected row was read again. What healed stays so.';
  const filterAt = toRejectFilter(options);
  return await withDatabase(session, async (ports) => {
    const { state: _, ...filter } = filterAt(ports.clock.now());
    const meter = await createMeter(screen, 'quiet');
    try {
      const report = await readAgain(session, ports, { filter, meter, tells: options });
      meter.stop();
      screen.document(replayDocument(report));
      screen.records(membersOf('read', 'healed', 'changed', 'unchanged', 'unreadable'), [report]);
      tellReplay(session, report);
    } finally {
      meter.stop();
    }
    return EXIT_CODE.done;
  });
}
