import type { DimensionCatalog, DimensionLoad, DimensionName } from '../ports/dimension-catalog.port.ts';
import type { Unpacker } from '../ports/unpacker.port.ts';
import { DimensionPath } from '../staging/dimension-path.ts';
import { DimensionTableRows } from '../staging/dimension-table-rows.ts';
import { type DimensionSource, findRefusal, type RefusedSource, readDimensionSource } from './read-dimension-source.ts';

export interface LoadDimensionsPorts {
  readonly dimensions: DimensionCatalog;
  readonly unpacker: Unpacker;
}

export type LoadDimensionsReport =
  | { readonly kind: 'loaded'; readonly loads: readonly DimensionLoad[] }
  /** Nothing was changed. */
  | { readonly kind: 'refused'; readonly sources: readonly RefusedSource[] };

/**
 * Upserts dimension files, all or nothing: where one row of one file is bad, every bad row is told and nothing changes.
 *
 * @throws PortError, and what a source throws
 */
export async function loadDimensions(
  { dimensions, unpacker }: LoadDimensionsPorts,
  sources: readonly DimensionSource[],
  onProgress: (dimension: DimensionName, rows: number) => void = () => undefined,
): Promise<LoadDimensionsReport> {
  const ways = sources.map((source) => {
    const rows = new DimensionTableRows(source.dimension);
    return { source, rows, path: new DimensionPath(source.dimension, rows) };
  });
  const refused = (): RefusedSource[] => ways.flatMap(({ source, path }) => findRefusal(source, path) ?? []);
  async function* feed({ source, rows, path }: (typeof ways)[number]): AsyncGenerator<Uint8Array> {
    for await (const _ of readDimensionSource(unpacker, source, path)) {
      yield* rows.lines();
      onProgress(source.dimension, path.read);
    }
    yield* rows.lines(true);
    // Thrown after the last row of the last file: by then all problems of all files are known, and nothing is committed.
    if (source === sources.at(-1) && refused().length > 0) throw new BadRowsError();
  }
  const feeds = ways.map((way) => ({ dimension: way.source.dimension, rows: feed(way) }));
  try {
    return { kind: 'loaded', loads: await dimensions.load(feeds) };
  } catch (error) {
    if (!(error instanceof BadRowsError)) throw error;
    return { kind: 'refused', sources: refused() };
  }
}

class BadRowsError extends Error {}
