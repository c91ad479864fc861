import { compareTransforms } from '../harness/compare-transforms.ts';
import { type Measured, named } from '../harness/measure-side-by-side.ts';
import type { PartResult, Table } from '../harness/report.ts';
import type { Target } from '../harness/target.ts';
import {
  DUCKDB,
  duckdb,
  PANDAS,
  POLARS,
  PYSPARK,
  pandas,
  polars,
  pyspark,
  WEIR,
  weirTransform,
} from '../harness/transform-subjects.ts';
import { type BenchOptions, inWords } from './bench-options.ts';

const MILLION = 1_000_000;
const weir = weirTransform(WEIR, 2);
const weirAlone = weirTransform('Weir, 1 thread', 1);

/** What is wanted against the faster of DuckDB and Polars, by size. */
const WANTED: Readonly<Record<number, { readonly speed: number; readonly memory?: number }>> = {
  100000: { speed: 1 },
  [MILLION]: { speed: 2, memory: 1 / 4 },
  5000000: { speed: 2.5, memory: 1 / 8 },
};

/** The row path with the loading of dimensions, whole processes. */
export async function transform(options: BenchOptions): Promise<PartResult> {
  const { rounds, rows, isQuick } = options;
  const tables: Table[] = [];
  const targets: Target[] = [];
  const bySize = new Map<number, Measured>();
  for (const size of rows) {
    const slowOnes = size === MILLION ? (isQuick ? [pandas] : [pandas, pyspark]) : [];
    const subjects = [weir, weirAlone, duckdb, polars, ...slowOnes];
    const title = `Transform, ${inWords(size)}`;
    const measured = await compareTransforms({ title, file: { rows: size }, subjects, rounds });
    tables.push({ title, measured });
    targets.push(...againstFaster(size, measured), ...(size === MILLION ? againstSlowOnes(measured) : []));
    bySize.set(size, named(measured, WEIR));
  }
  targets.push(...growth(bySize));
  if (!isQuick) tables.push(...(await variants(rounds)));
  return { tables, targets };
}

async function variants(rounds: number): Promise<Table[]> {
  const files = [
    { title: 'Transform, 1 million rows, every field quoted', file: { rows: MILLION, isAllQuoted: true } },
    { title: 'Transform, 1 million rows, one in five rejected', file: { rows: MILLION, rejectShare: 0.2 } },
  ];
  const tables: Table[] = [];
  for (const { title, file } of files) {
    tables.push({
      title,
      measured: await compareTransforms({ title, file, subjects: [weir, duckdb, polars], rounds }),
    });
  }
  return tables;
}

function againstFaster(size: number, measured: readonly Measured[]): Target[] {
  const wanted = WANTED[size];
  if (wanted === undefined) return [];
  const own = named(measured, WEIR);
  const peers = [named(measured, DUCKDB), named(measured, POLARS)];
  const faster = peers.reduce((best, peer) => (peer.seconds < best.seconds ? peer : best));
  const what = `transform, ${inWords(size)}, against ${faster.name} (the faster of DuckDB and Polars)`;
  const speed: Target = {
    what: `${what}: speed`,
    value: faster.seconds / own.seconds,
    bound: 'at least',
    limit: wanted.speed,
    unit: 'x',
  };
  if (wanted.memory === undefined) return [speed];
  return [
    speed,
    { what: `${what}: memory`, value: own.peak / faster.peak, bound: 'at most', limit: wanted.memory, unit: 'x' },
  ];
}

function againstSlowOnes(measured: readonly Measured[]): Target[] {
  const own = named(measured, WEIR);
  const wanted: Readonly<Record<string, number>> = { [PANDAS]: 8, [PYSPARK]: 6 };
  return measured
    .filter(({ name }) => name in wanted)
    .map(({ name, seconds }) => ({
      what: `transform, 1 million rows, against ${name}: speed`,
      value: seconds / own.seconds,
      bound: 'at least',
      limit: wanted[name]!,
      unit: 'x',
    }));
}

function growth(bySize: ReadonlyMap<number, Measured>): Target[] {
  const one = bySize.get(MILLION);
  const five = bySize.get(5 * MILLION);
  if (one === undefined || five === undefined) return [];
  const what = 'transform, 5 million rows against 1 million';
  return [
    { what: `${what}: time`, value: five.seconds / one.seconds, bound: 'at most', limit: 5.3, unit: 'x' },
    { what: `${what}: memory`, value: five.peak / one.peak, bound: 'at most', limit: 1.1, unit: 'x' },
  ];
}
