import type { Policy } from '@weir/core';
import { checkOrderIndependent, type Observation } from '../invariants/index.ts';
import { checkBooks } from '../model/check-books.ts';
import { expectTables } from '../model/expected-tables.ts';
import { judgeDelivery } from '../model/judge-delivery.ts';
import { allOf, type WaitingFiles } from './waiting-files.ts';

/** Whatever broke on the way: the tables are those of the deliveries, and each was committed once. */
export function checkEnd(seen: Observation, files: WaitingFiles, policy: Policy): readonly string[] {
  const judged = allOf(files).map((delivery) => judgeDelivery(delivery, policy));
  return [...checkOrderIndependent(seen, expectTables(judged)), ...checkBooks(seen.runs, judged)];
}
