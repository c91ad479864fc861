import type { RejectFilterOptions } from '../command-line/add-reject-filter.ts';
import { withDatabase } from '../composition/with-database.ts';
import { usageError } from '../errors/command-error.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { membersOf } from '../output/column.ts';
import { canAsk, confirm } from '../output/confirm.ts';
import { formatCounted } from '../output/format-amount.ts';
import { toRejectFilter } from '../rejects/to-reject-filter.ts';
import type { Session } from '../session.ts';

export interface DismissRejectsOptions extends RejectFilterOptions {
  readonly yes?: true | undefined;
}

export async function dismissRejects(session: Session, options: DismissRejectsOptions): Promise<number> {
  const { screen, interruption } = session;
  requireFilter(options);
  const filterAt = toRejectFilter(options);
  if (options.yes !== true && !canAsk(session)) throw nobodyToAsk();
  return await withDatabase(session, async ({ rejects: store, clock }) => {
    const filter = { ...filterAt(clock.now()), state: 'open' as const };
    const { rejects } = await interruption.race(store.countRejects(filter));
    const rows = formatCounted(rejects, 'open rejected row');
    const question = `Dismiss ${rows}? No replay reads them again. [y/N] `;
    const isMeant = rejects > 0 && (options.yes === true || (await confirm(session, question)));
    interruption.signal.throwIfAborted();
    const dismissed = isMeant ? await store.dismissRejects(filter) : 0;
    screen.document({ dismissed });
    screen.records(membersOf('dismissed'), [{ dismissed }]);
    screen.say(
      rejects === 0
        ? 'No open rejected row fits: nothing to dismiss.'
        : `Dismissed ${isMeant ? formatCounted(dismissed, 'rejected row') : 'nothing'}.`,
    );
    return EXIT_CODE.done;
  });
}

function requireFilter({ yes: _, ...filter }: DismissRejectsOptions): void {
  if (Object.values(filter).some((value) => value !== undefined)) return;
  throw usageError({
    code: 'rejects.no-filter',
    message: 'Which rejected rows to dismiss is not said, and all of them at once are never meant.',
    remedy: 'Say which with --code, --file, --line, --from, --to or --older-than. See weir rejects dismiss --help.',
  });
}

function nobodyToAsk() {
  return usageError({
    code: 'rejects.not-confirmed',
    message: 'Dismissing is asked about first, and here is no terminal to ask on.',
    remedy: 'Look at them with weir rejects list, then add --yes.',
  });
}
