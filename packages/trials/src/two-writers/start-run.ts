import { PostgresDimensionCatalog } from '@weir/adapters-local';
import { type DimensionCatalog, type IngestReport, ingestRun, type LandedFile, parsePolicy } from '@weir/core';
import { createPorts, type PortsOptions, type ShopPorts } from '../command/create-ports.ts';
import type { ShopFolder } from '../command/shop-folder.ts';
import type { GatedPool } from './gated-pool.ts';
import type { PhaseGate } from './phase-gate.ts';
import { startWriter, type Writer } from './writer.ts';

/** The phases of a run before which it can be held, in their order; it always is before `lock` and `commit`. */
export type RunPhase = 'look' | 'stage' | 'customers' | 'archive';

export interface RunOptions extends PortsOptions {
  readonly runId: string;
  readonly phases: readonly RunPhase[];
  readonly wants?: (file: LandedFile) => boolean;
}

/** A run of `weir ingest` in this process. */
export function startRun(shop: ShopFolder, connections: GatedPool, options: RunOptions): Writer<IngestReport> {
  return startWriter(connections, (gate) => runAt(gate, shop, connections, options));
}

/** A run that goes through a gate. */
async function runAt(
  gate: PhaseGate,
  shop: ShopFolder,
  { pool }: GatedPool,
  { runId, phases, wants, ...options }: RunOptions,
): Promise<IngestReport> {
  const hold = async (phase: RunPhase) => {
    if (phases.includes(phase)) await gate.arrive(phase);
  };
  const dimensions = holdCustomers(new PostgresDimensionCatalog({ pool }), hold);
  const ports = holdRun(createPorts(shop, pool, { ...options, dimensions }), hold);
  return ingestRun(ports, { runId, policy: parsePolicy(), wants });
}

type Hold = (phase: RunPhase) => Promise<void>;

function holdRun(ports: ShopPorts, hold: Hold): ShopPorts {
  const { landing, transformer, archive } = ports;
  let isArchiving: Promise<void> | undefined;
  return {
    ...ports,
    landing: {
      location: landing.location,
      async *list() {
        await hold('look');
        yield* landing.list();
      },
    },
    transformer: { transform: async (work) => hold('stage').then(() => transformer.transform(work)) },
    archive: {
      location: archive.location,
      take: async (...args) => {
        isArchiving ??= hold('archive');
        await isArchiving;
        return archive.take(...args);
      },
    },
  };
}

function holdCustomers(catalog: DimensionCatalog, hold: Hold): Pick<DimensionCatalog, 'read'> {
  return {
    async *read(dimension) {
      if (dimension === 'customers') await hold('customers');
      yield* catalog.read(dimension);
    },
  };
}
