import { ZlibUnpacker } from '../../../adapters-local/src/in-process/zlib-unpacker.ts';
import { type Policy, type PolicyInput, parsePolicy } from '../../src/index.ts';
import type { DimensionCatalog, DimensionName } from '../../src/ports/dimension-catalog.port.ts';
import type { Fact } from '../../src/ports/fact-reader.port.ts';
import type { IngestEvent } from '../../src/ports/ingest-event.ts';
import type { IngestReport } from '../../src/ports/ingest-report.ts';
import type { LandingZone } from '../../src/ports/landing-zone.port.ts';
import type { Unpacker } from '../../src/ports/unpacker.port.ts';
import type { Warehouse } from '../../src/ports/warehouse.port.ts';
import { encodeStagedLine } from '../../src/staging/staged-text.ts';
import {
  FixedClock,
  InMemoryDimensionCatalog,
  InMemoryFileStore,
  InMemoryLandingZone,
  InMemoryWarehouse,
} from '../../src/testing/index.ts';
import { InProcessTransformer } from '../../src/use-cases/in-process-transformer.ts';
import type { IngestOptions, IngestPorts } from '../../src/use-cases/ingest-options.ts';
import { ingestRun } from '../../src/use-cases/ingest-run.ts';
import {
  type ReplayOptions,
  type ReplayPorts,
  type ReplayReport,
  replayRejects,
} from '../../src/use-cases/replay/index.ts';

export const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';

/** A row that is good under the default policy and the dimensions of `openWorld`. */
export function row(
  id: string,
  rest: { day?: string; quantity?: number; status?: string; product?: string } = {},
): string {
  const { day = '2023-03-15', quantity = 1, status = 'Completed', product = 'P-1' } = rest;
  return `${id},C-1,${product},${quantity},9.99,${day},Cash,${status}`;
}

export function csv(...rows: readonly string[]): string {
  return [HEADER, ...rows, ''].join('\n');
}

export function keyOf(day: string, name = `transactions_${day}.csv`): string {
  const [year, month, date] = day.split('-');
  return `transactions/year=${year}/month=${month}/day=${date}/${name}`;
}

/** What a run and its transformer are made of. */
export interface WorldPorts extends Omit<IngestPorts, 'transformer'> {
  readonly landing: LandingZone;
  readonly warehouse: Warehouse;
  readonly dimensions: Pick<DimensionCatalog, 'read'>;
  readonly unpacker: Unpacker;
}

export interface World extends WorldPorts {
  readonly landing: InMemoryLandingZone;
  readonly archive: InMemoryFileStore;
  readonly quarantine: InMemoryFileStore;
  readonly warehouse: InMemoryWarehouse;
  readonly dimensions: InMemoryDimensionCatalog;
  readonly events: IngestEvent[];
  run(options?: Partial<IngestOptions> & { readonly ports?: Partial<WorldPorts> }): Promise<IngestReport>;
  replay(options?: Partial<ReplayOptions>, warehouse?: ReplayPorts['warehouse']): Promise<ReplayReport>;
  facts(): Promise<readonly Fact[]>;
}

/** The real one: core itself has no way to unpack. */
export const unpacker = new ZlibUnpacker();

/** A new world in memory: two products and two customers, nothing landed. */
export async function openWorld(policyInput: PolicyInput = {}): Promise<World> {
  const world = openBareWorld(policyInput);
  for (const load of DIMENSIONS) await load(world);
  return world;
}

/** What the dimensions of a world come in. */
export const DIMENSIONS: readonly ((world: Pick<World, 'dimensions'>) => Promise<unknown>)[] = [
  loading('products', 'P-1', 'Kettle', 'Kitchen', '21.50', 'S-1'),
  loading('products', 'P-2', 'Mug', 'Kitchen', '4.00', 'S-2'),
  loading('customers', 'C-1', 'A', 'B', 'a@b', 'Gold'),
  loading('customers', 'C-2', 'C', 'D', 'c@d', 'Silver'),
];

/** A world without products and customers. */
export function openBareWorld(policyInput: PolicyInput = {}): World {
  const policy: Policy = parsePolicy(policyInput);
  const landing = new InMemoryLandingZone();
  const archive = new InMemoryFileStore(landing, 'memory:archive');
  const quarantine = new InMemoryFileStore(landing, 'memory:quarantine');
  const warehouse = new InMemoryWarehouse();
  const dimensions = new InMemoryDimensionCatalog();
  const ports = { landing, archive, quarantine, warehouse, dimensions, unpacker, clock: new FixedClock() };
  const events: IngestEvent[] = [];
  let runs = 0;
  return {
    ...ports,
    events,
    run: ({ ports: replaced, ...options } = {}) =>
      ingestRun(withTransformer({ ...ports, ...replaced }), {
        runId: `run-${++runs}`,
        policy,
        onEvent: (event) => events.push(event),
        ...options,
      }),
    replay: (options = {}, replaced = warehouse) =>
      replayRejects(
        { ...ports, rejects: warehouse, warehouse: replaced },
        { newRunId: () => `replay-${++runs}`, policy, ...options },
      ),
    facts: () => readFacts(warehouse),
  };
}

export function withTransformer(ports: WorldPorts): IngestPorts {
  return { ...ports, transformer: new InProcessTransformer(ports) };
}

/** All facts with the columns of their versions; the run that wrote them apart. */
export async function readFacts(warehouse: InMemoryWarehouse): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for await (const batch of warehouse.facts()) facts.push(...batch.map((fact) => ({ ...fact, run_id: '' })));
  return facts;
}

function loading(dimension: DimensionName, ...values: readonly string[]) {
  return ({ dimensions }: Pick<World, 'dimensions'>) => dimensions.load([{ dimension, rows: line(values) }]);
}

async function* line(values: readonly string[]): AsyncGenerator<Uint8Array> {
  yield encodeStagedLine(values);
}
