import { PostgresDimensionCatalog } from '@weir/adapters-local';
import { type DimensionFeed, type DimensionName, encodeStagedLine } from '@weir/core';
import type { Pool } from 'pg';
import type { GatedPool } from './gated-pool.ts';
import { startWriter, type Writer } from './writer.ts';

/** What is known of the one product and the one customer: `old`, or `new` with a second product. */
export type DimensionsAge = 'old' | 'new';

export async function loadDimensions(
  pool: Pool,
  age: DimensionsAge,
  names: readonly DimensionName[] = ['products', 'customers'],
): Promise<void> {
  const feeds = feedsOf(age).filter(({ dimension }) => names.includes(dimension));
  await new PostgresDimensionCatalog({ pool }).load(feeds);
}

/** `weir dimensions load` in this process; its phases are `load`, `lock` and `commit`. */
export function startDimensionLoad(connections: GatedPool): Writer {
  return startWriter(connections, async (gate) => {
    await gate.arrive('load');
    await loadDimensions(connections.pool, 'new');
  });
}

function feedsOf(age: DimensionsAge): readonly DimensionFeed[] {
  const product = ['P1', `Mug, ${age}`, 'Kitchen', age === 'old' ? '4.50' : '5.00', 'S1'];
  const second = ['P2', 'Plate', 'Kitchen', '3.00', 'S1'];
  const level = age === 'old' ? 'Silver' : 'Gold';
  return [
    { dimension: 'products', rows: lines(age === 'old' ? [product] : [product, second]) },
    { dimension: 'customers', rows: lines([['C1', 'Ada', 'Byron', 'ada@example.org', level]]) },
  ];
}

async function* lines(rows: readonly (readonly string[])[]): AsyncGenerator<Uint8Array> {
  for (const row of rows) yield encodeStagedLine(row);
}
