import { FilesystemLandingZone, PostgresRunHistory, PostgresWarehouse } from '@weir/adapters-local';
import {
  type IngestReport,
  type LandedFile,
  parsePolicy,
  type RunEntry,
  type RunFields,
  type RunLedger,
} from '@weir/core';
import { establishEnd } from '@weir/core/runs';
import { InMemoryJobLauncher, InMemoryRunLedger, ManualClock } from '@weir/core/testing';
import { doRun, type RunOutcome, type RunWork } from '../../../glue-job/src/job/do-run.ts';
import { createPorts } from '../command/create-ports.ts';
import { csv, dayFile } from '../command/shop-csv.ts';
import type { ShopFolder } from '../command/shop-folder.ts';
import type { GatedPool } from './gated-pool.ts';
import { interleavings } from './interleavings.ts';
import type { PhaseGate } from './phase-gate.ts';
import { play, turnsOf } from './play.ts';
import { Readings } from './readings.ts';
import type { Scenario } from './scenario.ts';
import { startWriter, type Writer } from './writer.ts';
import type { WritersWorld } from './writers-world.ts';

const FILE = dayFile('15', csv({ id: 'T-1', quantity: 1, day: '15' }, { id: 'T-2', quantity: 0, day: '15' }));
const RUN_ID = 'run-of-two';
const LEASE = 60_000;
const A_DAY = 24 * 60 * 60_000;
/** A has its lease already, and B comes when it has run out. */
const ZOMBIE = ['look', 'lock', 'commit', 'report'];
const SUCCESSOR = ['begin', ...ZOMBIE];
/** With these a job leaves the run to whoever has it, or to the sweep that looks it up. */
const HARMLESS = ['warehouse.run-exists', 'job.lease-lost'];

/** The real work of the job: two of them do one planned run, since the first one lost its lease and does not know it. */
export function zombie(): Scenario {
  const readings = new Readings();
  let final = '';
  return {
    name: 'a zombie whose lease expired, and its successor',
    orders: () => interleavings(turnsOf('A', ZOMBIE), turnsOf('B', SUCCESSOR)),
    seen: () => readings.seen,
    prepare: async (world) => {
      for (const files of [[], [FILE]]) {
        await world.ingest(await world.begin(files));
        readings.allow(await world.state());
      }
      final = JSON.stringify((await world.state()).facts);
    },
    play: async (world, turns) => {
      const shop = await world.begin([FILE]);
      const planned = await planRun(shop);
      const writers = { A: startJob(world.a, shop, planned, 'A'), B: startJob(world.b, shop, planned, 'B') };
      const violations: string[] = [];
      await play(turns, writers, world.observer, async () => {
        violations.push(...readings.read(await world.state()));
      });
      for (const [name, { end }] of Object.entries(writers)) {
        const { error } = await end;
        if (error !== undefined && !HARMLESS.includes((error as Error & { code: string }).code))
          violations.push(`${name} failed: ${error.message}`);
      }
      violations.push(...(await findUntold(world, planned)), ...(await world.findBroken(shop, [FILE])));
      if (JSON.stringify((await world.state()).facts) !== final) violations.push('the facts are not those of one job');
      return violations;
    },
  };
}

interface Planned {
  readonly ledger: RunLedger;
  readonly clock: ManualClock;
  readonly files: readonly LandedFile[];
}

async function planRun(shop: ShopFolder): Promise<Planned> {
  const [ledger, clock] = [new InMemoryRunLedger(), new ManualClock()];
  const files: LandedFile[] = [];
  for await (const page of new FilesystemLandingZone(shop.in('landing')).list()) files.push(...page);
  await ledger.plan({ runId: RUN_ID, plannedAt: clock.now(), policy: parsePolicy(), files });
  return { ledger, clock, files };
}

function startJob(
  connections: GatedPool,
  shop: ShopFolder,
  { ledger, clock }: Planned,
  name: 'A' | 'B',
): Writer<RunOutcome> {
  return startWriter(connections, async (gate) => {
    if (name === 'B') {
      await gate.arrive('begin');
      clock.advance(LEASE + 1);
    }
    return doRun({
      ledger: holdReport(ledger, gate),
      history: new PostgresRunHistory({ pool: connections.pool }),
      clock,
      runId: RUN_ID,
      jobRunId: name,
      createWork: () => createWork(shop, connections, gate),
      leaseDuration: LEASE,
    });
  });
}

function createWork(shop: ShopFolder, { pool }: GatedPool, gate: PhaseGate): RunWork {
  const { transformer } = createPorts(shop, pool);
  const warehouse = new PostgresWarehouse({ pool });
  return {
    transformer,
    warehouse: {
      recordFailedRun: (run) => warehouse.recordFailedRun(run),
      committedHashes: async (keys) => {
        await gate.arrive('look');
        return warehouse.committedHashes(keys);
      },
    },
  };
}

/** Held before it notes what was committed. */
function holdReport(ledger: RunLedger, gate: PhaseGate): RunLedger {
  return new Proxy(ledger, {
    get: (target, name) => {
      if (name !== 'replace') return bound(target, name);
      return async (read: RunEntry, by: RunFields) => {
        if (by.state.kind === 'committed') await gate.arrive('report');
        return target.replace(read, by);
      };
    },
  });
}

function bound(target: RunLedger, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === 'function' ? value.bind(target) : value;
}

/** I6: the ledger comes to say what the warehouse has, by the jobs or by the sweep after them. */
async function findUntold(world: WritersWorld, { ledger, clock }: Planned): Promise<readonly string[]> {
  const history = new PostgresRunHistory({ pool: world.observer });
  clock.advance(A_DAY);
  const end = await establishEnd({ ledger, history, clock, launcher: new InMemoryJobLauncher() }, { runId: RUN_ID });
  if (end.kind !== 'ended' || end.entry.state.kind !== 'committed') return [`the ledger says ${JSON.stringify(end)}`];
  const record = await history.run(RUN_ID);
  const told = tell(end.entry.state.report.totals);
  return told === tell(record!.totals) ? [] : [`the report tells ${told}, but committed was ${tell(record!.totals)}`];
}

function tell({ read, inserted, rejected }: IngestReport['totals']): string {
  return `${read} read, ${inserted} inserted, ${rejected} rejected`;
}
