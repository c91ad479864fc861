import type { DimensionCatalog, DimensionLoad, DimensionName } from '../ports/dimension-catalog.port.ts';
import type { Unpacker } from '../ports/unpacker.port.ts';
import { DimensionPath } from '../staging/dimension-path.ts';
import {
  type DimensionSource,
  findRefusal,
  MAX_PROBLEMS_TOLD,
  type RefusedSource,
  stageDimensionFile,
} from './stage-dimension-file.ts';

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
  const paths = sources.map((source) => ({
    source,
    path: new DimensionPath(source.dimension, { maxProblems: MAX_PROBLEMS_TOLD, output: 'table' }),
  }));
  const refused = (): RefusedSource[] => paths.flatMap(({ source, path }) => findRefusal(source, path) ?? []);
  const feeds = paths.map(({ source, path }, place) => ({
    dimension: source.dimension,
    rows: feed(stageDimensionFile(unpacker, source, path, onProgress), () => {
      // Thrown after the last row of the last file: by then all problems of all files are known, and nothing is committed.
      if (place === paths.length - 1 && refused().length > 0) throw new BadRowsError();
    }),
  }));
  try {
    return { kind: 'loaded', loads: await dimensions.load(feeds) };
  } catch (error) {
    if (!(error instanceof BadRowsError)) throw error;
    return { kind: 'refused', sources: refused() };
  }
}

class BadRowsError extends Error {}

async function* feed(rows: AsyncIterable<Uint8Array>, atEnd: () => void): AsyncGenerator<Uint8Array> {
  yield* rows;
  atEnd();
}
