import type { Decision, DecisionLog } from '@weir/core';
import type { Open, WarehouseSubject } from '../../src/index.ts';
import { openWarehouse } from './warehouse-subject-of.ts';

/** Logs of decisions that are wrong on purpose. */
export const BAD_DECISION_LOGS: Readonly<Record<string, Open<WarehouseSubject>>> = {
  'tells the newest first': telling((decisions) => decisions.toReversed()),
  'tells the oldest where there are too many': asking(async (log, id) => {
    const decisions = await log.decisionsAbout(id);
    return decisions.length < 1000 ? decisions : [...decisions.slice(0, -1), decisions[0]!];
  }),
  'takes the letter case of an id for nothing': asking((log, id) => log.decisionsAbout(id.toUpperCase())),
  'takes an id for the beginning of one': asking(async (log, id) => [
    ...(await log.decisionsAbout(id)),
    ...(id === 'T-1' ? await log.decisionsAbout('T-2') : []),
  ]),
  'does not know the delivery of the other row': telling((decisions) =>
    decisions.map(({ other, ...decision }) => ({
      ...decision,
      other: other && { ...other, sourceDay: undefined, sourceModified: undefined },
    })),
  ),
  'names the run of a duplicate twice': telling((decisions) =>
    decisions.map(({ other, ...decision }) => ({
      ...decision,
      other: other && { ...other, runId: other.runId ?? decision.runId },
    })),
  ),
  'does not know rows that say the same': telling((decisions) =>
    decisions.filter(({ verdict, decidedBy }) => verdict !== 'unchanged' || decidedBy !== undefined),
  ),
  'does not know of undone runs': telling((decisions) =>
    decisions.map((decision) => ({ ...decision, undoneAt: undefined })),
  ),
  'tells of what changed only': telling((decisions) =>
    decisions.filter(({ verdict }) => verdict !== 'updated' && verdict !== 'inserted'),
  ),
};

function telling(tell: (decisions: readonly Decision[]) => readonly Decision[]): Open<WarehouseSubject> {
  return asking(async (log, id) => tell(await log.decisionsAbout(id)));
}

function asking(
  ask: (log: DecisionLog, transactionId: string) => Promise<readonly Decision[]>,
): Open<WarehouseSubject> {
  return openWarehouse(undefined, ({ log }) => ({ log: { decisionsAbout: (id) => ask(log, id) } }));
}
