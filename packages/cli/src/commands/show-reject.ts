import type { Reject } from '@weir/core';
import { withDatabase } from '../composition/with-database.ts';
import { CommandError } from '../errors/command-error.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { type PlaceArguments, parsePlace } from '../rejects/parse-place.ts';
import { wholeRejectColumns } from '../rejects/reject-columns.ts';
import { rejectDocument } from '../rejects/reject-document.ts';
import { tellReject } from '../rejects/tell-reject.ts';
import type { Session } from '../session.ts';

/** A file may have been delivered with several contents, and several folders may have a file of this name. */
const MOST_SHOWN = 100;

export async function showReject(session: Session, options: PlaceArguments): Promise<number> {
  const { screen, interruption } = session;
  const place = parsePlace(options);
  return await withDatabase(session, async ({ rejects: store }) => {
    const found: Reject[] = [];
    for await (const page of store.readRejects({ ...place, limit: MOST_SHOWN })) {
      interruption.signal.throwIfAborted();
      found.push(...page);
    }
    if (found.length === 0) throw notFound(place);
    screen.document({ rejects: found.map(rejectDocument) });
    screen.records(wholeRejectColumns(found), found);
    for (const [i, reject] of found.entries()) {
      if (i > 0) screen.say();
      tellReject(screen, reject);
    }
    return EXIT_CODE.done;
  });
}

function notFound({ file, line }: { readonly file: string; readonly line: number }): CommandError {
  return new CommandError({
    code: 'rejects.unknown',
    message: `No row was rejected on line ${line} of ${file}.`,
    remedy: `List those of the file with weir rejects list --state all --file ${file}.`,
  });
}
