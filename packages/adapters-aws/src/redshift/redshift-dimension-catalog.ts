import { randomUUID } from 'node:crypto';
import type { DimensionCatalog, DimensionFeed, DimensionLoad, DimensionName } from '@weir/core';
import {
  checkDimensionKeys,
  createTemporaryTable,
  lockWriters,
  STAGE_CHECK_TABLE,
  type Statement,
  selectDimension,
  stageDimensionTable,
  type TableDefinition,
  upsertDimension,
} from '@weir/warehouse-sql';
import { type StagedPart, StagedPartWriter } from '../s3/staged-part-writer.ts';
import { prepareCopy } from './copy-statement.ts';
import type { DataApiSession, Transaction } from './data-api-session.ts';
import { readUnloaded } from './read-unloaded.ts';
import type { StagingPlace } from './staging-place.ts';
import { removeUnloaded, unload } from './unload.ts';

/** Keys of staged objects with both dimensions, of one state of the tables. */
export interface StagedDimensions {
  readonly products: readonly string[];
  readonly customers: readonly string[];
}

const PART_BYTES = 64 * 1024 * 1024;

/** dim_products and dim_customers. */
export class RedshiftDimensionCatalog implements DimensionCatalog {
  readonly #session: DataApiSession;
  readonly #staging: StagingPlace;

  constructor({ session, staging }: { readonly session: DataApiSession; readonly staging: StagingPlace }) {
    this.#session = session;
    this.#staging = staging;
  }

  read(dimension: DimensionName): AsyncIterable<Uint8Array> {
    const order = { query: selectDimension(dimension), prefix: `dimensions/${randomUUID()}/` };
    return readUnloaded(this.#session, this.#staging, order, `reading dim_${dimension}`);
  }

  /**
   * Writes both dimensions as staged text below a prefix of the staging place, for others to read.
   *
   * @param prefix with its last `/`; may hold an earlier try
   */
  async snapshot(prefix: string): Promise<StagedDimensions> {
    const orders = (['products', 'customers'] as const).map((dimension) => ({
      query: selectDimension(dimension),
      prefix: `${prefix}${dimension}/`,
    }));
    const [products, customers] = await unload(this.#session, this.#staging, orders, 'writing out the dimensions');
    return { products: products!, customers: customers! };
  }

  /** @throws PortError `warehouse.conflict` where a feed holds an id twice; `warehouse.unreachable` and the like */
  async load(feeds: readonly DimensionFeed[]): Promise<readonly DimensionLoad[]> {
    const prefix = `dimensions/${randomUUID()}/`;
    const staged: StagedFeed[] = [];
    try {
      for (const [i, feed] of feeds.entries()) staged.push(await this.#stage(feed, i + 1, prefix));
      const statements = [
        lockWriters(),
        createTemporaryTable(STAGE_CHECK_TABLE, 'redshift'),
        ...staged.flatMap(upsert),
      ];
      const done = await this.#session.transact(statements, 'loading dimensions');
      return staged.map((feed) => toLoad(feed, done));
    } finally {
      const keys = staged.flatMap(({ parts, manifest }) => [manifest, ...parts.map(({ key }) => key)]);
      await removeUnloaded(this.#staging, keys);
    }
  }

  async #stage({ dimension, rows }: DimensionFeed, feedNo: number, prefix: string): Promise<StagedFeed> {
    const writer = new StagedPartWriter({
      ...this.#staging,
      table: 'rows',
      partBytes: PART_BYTES,
      keyOf: (part) => `${prefix}feed-${feedNo}-part-${part}.zst`,
    });
    for await (const lines of rows) await writer.write(lines);
    const parts = await writer.end();
    const manifest = `${prefix}feed-${feedNo}.manifest`;
    const table = stageDimensionTable(dimension, feedNo);
    const source = { table, keys: parts.map(({ key }) => key), isPacked: true };
    return { dimension, feedNo, parts, manifest, table, copy: await prepareCopy(this.#staging, manifest, source) };
  }
}

interface StagedFeed {
  readonly dimension: DimensionName;
  readonly feedNo: number;
  readonly parts: readonly StagedPart[];
  readonly manifest: string;
  readonly table: TableDefinition;
  readonly copy: readonly Statement[];
}

function upsert({ dimension, feedNo, table, copy }: StagedFeed): readonly Statement[] {
  const { update, insert } = upsertDimension(dimension, feedNo, 'redshift');
  return [
    createTemporaryTable(table, 'redshift'),
    ...copy,
    ...checkDimensionKeys(dimension, feedNo, 'redshift'),
    { ...update, name: `update-${feedNo}` },
    { ...insert, name: `insert-${feedNo}` },
  ];
}

function toLoad({ dimension, feedNo, parts }: StagedFeed, { counts }: Transaction): DimensionLoad {
  const read = parts.reduce((sum, { lines }) => sum + lines, 0);
  const [updated, inserted] = [counts.get(`update-${feedNo}`) ?? 0, counts.get(`insert-${feedNo}`) ?? 0];
  return { dimension, read, inserted, updated, unchanged: read - inserted - updated };
}
