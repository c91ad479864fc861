import { type IngestReport, parsePolicy } from '@weir/core';
import type { Shop } from '../../../../infra/test/end-to-end/open-shop.ts';
import { CANARIES } from '../command/shop-csv.ts';
import {
  checkNoEndlessRetry,
  checkOrderIndependent,
  findViolations,
  type Observation,
  type PlacedFile,
} from '../invariants/index.ts';
import { contentOf, type Delivery, hashOf } from '../model/delivery.ts';
import { expectTables } from '../model/expected-tables.ts';
import { judgeDelivery } from '../model/judge-delivery.ts';

/** A file is never refused for its rejects: that would depend on what is there when it comes. */
const POLICY = { terminalStatuses: [], maxRejectRate: 1, decisions: 'changes' } as const;
const CLOSED = 'ledger/runs/closed/';

/** Everything but that a replay changes nothing, for which it must come first. */
export async function checkDay(
  shop: Shop,
  observation: Observation,
  { deliveries, quarters, jobLog }: { deliveries: readonly Delivery[]; quarters: number; jobLog: string },
): Promise<readonly string[]> {
  const waiting = findGivenUp(shop, observation);
  const taken = deliveries.filter((delivery) => !waiting.has(idOf(toPlaced(delivery))));
  const judged = taken.map((delivery) => judgeDelivery(delivery, POLICY));
  const delivered = deliveries.map(toPlaced);
  const landed = observation.landed.filter((file) => !waiting.has(idOf(file)));
  const { facts, rejects } = observation;
  const open = rejects.filter(({ state }) => state === 'open');
  const reports = await readReports(shop);
  return [
    ...findViolations(observation, { policy: parsePolicy(), delivered, reports }),
    ...checkNoEndlessRetry({ landed }, quarters),
    ...checkOrderIndependent({ facts, rejects: open }, expectTables(judged)),
    ...checkCommittedOnce(observation, taken.map(toPlaced)),
    ...checkToldOf(shop, reports),
    ...checkNothingTold(shop, jobLog),
  ];
}

/** What failed as often as it may lies where it landed and waits for people, who are told: by their keys and contents. */
export function findGivenUp(shop: Shop, { landed }: Pick<Observation, 'landed'>): ReadonlySet<string> {
  const lines = shop
    .logs()
    .split('\n')
    .filter((line) => line.includes('A file failed as often as it may'));
  return new Set(landed.filter(({ key }) => lines.some((line) => line.includes(key))).map(idOf));
}

/** A refused file is read, and told of, as often as it comes. */
function checkCommittedOnce({ runs }: Observation, delivered: readonly PlacedFile[]): readonly string[] {
  const counts = new Map(delivered.map((file) => [idOf(file), 0]));
  for (const { files } of runs.filter(({ runId }) => !runId.startsWith('heal-'))) {
    for (const file of files)
      counts.set(idOf(file), (counts.get(idOf(file)) ?? 0) + (file.status === 'refused' ? 0 : 1));
  }
  const refused = new Set(runs.flatMap(({ files }) => files.filter(({ status }) => status === 'refused').map(idOf)));
  return [...counts].flatMap(([id, count]) =>
    count === (refused.has(id) ? 0 : 1) ? [] : [`I4 ${id} was committed ${count} times`],
  );
}

async function readReports({ ledger, keysOf }: Shop): Promise<readonly IngestReport[]> {
  const ids = keysOf('ledger', CLOSED).map((key) => key.slice(CLOSED.length, -'.json'.length));
  const reports: IngestReport[] = [];
  for (const id of ids) {
    const entry = await ledger.read(id);
    if (entry?.state.kind === 'committed') reports.push(entry.state.report);
  }
  return reports;
}

/** I6: people were told of every run. A lost answer may make it two mails. */
function checkToldOf({ simulator: { mailbox } }: Shop, reports: readonly IngestReport[]): readonly string[] {
  return reports.flatMap(({ runId }) =>
    mailbox.some(({ body }) => body.includes(runId)) ? [] : [`I6 nobody was told of the run ${runId}`],
  );
}

/** I7: no name and no address of a person is in a log, a mail, an error or the ledger. */
function checkNothingTold(shop: Shop, jobLog: string): readonly string[] {
  const { simulator } = shop;
  const told = new Map([
    ['the log of the jobs', jobLog],
    ['the logs of the functions', shop.logs()],
    ['mails', simulator.mailbox.map(({ subject, body }) => `${subject}\n${body}`).join('\n')],
    ['failed invocations', simulator.failedInvocations.map(({ error }) => JSON.stringify(error)).join('\n')],
    [
      'the ledger',
      shop
        .versionsIn('ledger')
        .map(({ content }) => String(content))
        .join('\n'),
    ],
  ]);
  return [...told].flatMap(([place, text]) =>
    CANARIES.filter((canary) => text.includes(canary)).map((canary) => `I7 ${canary} is in ${place}`),
  );
}

function toPlaced(delivery: Delivery): PlacedFile {
  return { key: delivery.key, contentHash: hashOf(contentOf(delivery)) };
}

function idOf({ key, contentHash }: PlacedFile): string {
  return JSON.stringify([key, contentHash]);
}
