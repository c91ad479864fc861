import { printable } from '@weir/core/text';
import { openDatabase } from '../composition/open-database.ts';
import { showDatabase } from '../config/choose-database.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { membersOf } from '../output/column.ts';
import type { Session } from '../session.ts';

export async function init(session: Session): Promise<number> {
  const { screen, interruption } = session;
  const database = await openDatabase(session, { mayBeEmpty: true });
  try {
    interruption.signal.throwIfAborted();
    const { from, to } = await database.ports.schema.upgrade();
    const place = showDatabase(database.choice);
    const done = { before: from, after: to, database: place };
    screen.document(done);
    screen.records(membersOf('before', 'after', 'database'), [done]);
    screen.say(printable(whatWasDone(from, to, place)));
  } finally {
    await database.close();
  }
  return EXIT_CODE.done;
}

function whatWasDone(before: number, after: number, place: string): string {
  if (before === after) return `The tables were there already, at version ${after}, in ${place}. Nothing was changed.`;
  if (before === 0) return `Created the tables, version ${after}, in ${place}.`;
  return `Upgraded the tables from version ${before} to ${after}, in ${place}. The data was kept.`;
}
