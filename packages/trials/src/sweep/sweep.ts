import { openWarehouses } from '../stores/open-warehouses.ts';
import type { Trial, TrialResult } from '../trial.ts';
import type { FaultKind } from './fault-gate.ts';
import { localLife } from './local-life.ts';
import { plannedLife } from './planned-life.ts';
import { type SweptFaults, sweepFaults } from './sweep-faults.ts';
import { ALL_FATES, FEW_FATES, TWO_FATES } from './waiting-files.ts';

/** On one machine nothing is decided by the clock: a hang is an error that comes late. */
const TIMELESS_KINDS: readonly FaultKind[] = ['error before', 'error after', 'crash before', 'crash after'];

/** The faults of all points; a count and a seed have no part in it. */
export const sweep: Trial = {
  about: 'a fault at every external call of a run, and a second one at every call of what recovers from it',
  warehouses: ['memory'],
  run: async ({ tell }) => {
    const warehouses = await openWarehouses('memory');
    const single = await sweepFaults(localLife(warehouses, ALL_FATES), { kinds: TIMELESS_KINDS, pairs: false });
    tell(describe('ingest', single));
    const double = await sweepFaults(localLife(warehouses, FEW_FATES), { kinds: TIMELESS_KINDS, pairs: true });
    tell(describe('ingest, pairs', double));
    const planned = await sweepFaults(plannedLife(warehouses, ALL_FATES), { pairs: false });
    tell(describe('planned runs', planned));
    const plannedPairs = await sweepFaults(plannedLife(warehouses, TWO_FATES), {
      secondKinds: TIMELESS_KINDS,
      pairs: true,
    });
    tell(describe('planned runs, pairs', plannedPairs));
    return summarise([single, double, planned, plannedPairs]);
  },
};

function describe(name: string, { calls, faults, pairs, alike }: SweptFaults): string {
  const ports = new Map<string, number>();
  for (const [call, count] of Object.entries(calls)) {
    const port = call.slice(0, call.indexOf('.'));
    ports.set(port, (ports.get(port) ?? 0) + count);
  }
  const told = [...ports].map(([port, count]) => `${port} ${count}`).join(', ');
  const seconds = pairs === 0 ? '' : `; ${pairs + alike} second faults`;
  return `${name}: ${faults} faults at its calls (${told})${seconds}`;
}

function summarise(all: readonly SweptFaults[]): TrialResult {
  const sum = (count: (swept: SweptFaults) => number) => all.reduce((total, swept) => total + count(swept), 0);
  const number = (value: number) => value.toLocaleString('en');
  return {
    counted:
      `${number(sum(({ faults }) => faults))} points with one fault, ${number(sum(({ pairs, alike }) => pairs + alike))} with two ` +
      `(${number(sum(({ alike }) => alike))} of them meet a process that begins as one that was tried does)`,
    violations: all.flatMap(({ violations }) => violations),
  };
}
