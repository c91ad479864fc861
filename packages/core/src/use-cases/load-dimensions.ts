import { isDamage, unpack } from '../intake/unpack.ts';
import type { DimensionCatalog, DimensionLoad, DimensionName } from '../ports/dimension-catalog.port.ts';
import type { Unpacker } from '../ports/unpacker.port.ts';
import type { FileRefusal } from '../ports/warehouse.port.ts';
import { DimensionPath, type DimensionProblem } from '../staging/dimension-path.ts';

export interface LoadDimensionsPorts {
  readonly dimensions: DimensionCatalog;
  readonly unpacker: Unpacker;
}

export interface DimensionSource {
  readonly dimension: DimensionName;
  /** Shown in messages; a name that ends with `.gz` is unpacked. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export type LoadDimensionsReport =
  | { readonly kind: 'loaded'; readonly loads: readonly DimensionLoad[] }
  /** Nothing was changed. */
  | { readonly kind: 'refused'; readonly sources: readonly RefusedSource[] };

export interface RefusedSource {
  readonly dimension: DimensionName;
  readonly name: string;
  readonly refusal: FileRefusal | undefined;
  readonly problemCount: number;
  /** The first of them. */
  readonly problems: readonly DimensionProblem[];
}

const MAX_PROBLEMS_TOLD = 20;

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
  const paths = sources.map((source) => ({ source, path: new DimensionPath(source.dimension, MAX_PROBLEMS_TOLD) }));
  const refused = (): RefusedSource[] => paths.flatMap(({ source, path }) => describeRefusal(source, path));
  const feeds = paths.map(({ source, path }, place) => ({
    dimension: source.dimension,
    rows: feed(unpacker, source, path, onProgress, () => {
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

async function* feed(
  unpacker: Unpacker,
  source: DimensionSource,
  path: DimensionPath,
  onProgress: (dimension: DimensionName, rows: number) => void,
  atEnd: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of unpack(unpacker, source.name, source.chunks)) {
      path.push(chunk);
      yield* path.take();
      onProgress(source.dimension, path.read);
    }
    path.end();
  } catch (error) {
    if (!isDamage(error)) throw error;
    path.refuse({ code: 'file-not-text', message: error.message });
  }
  yield* path.take(true);
  atEnd();
}

function describeRefusal({ dimension, name }: DimensionSource, path: DimensionPath): RefusedSource[] {
  const isEmpty = path.read === 0 && path.refusal === undefined;
  const refusal = isEmpty ? EMPTY_FILE : path.refusal;
  if (refusal === undefined && path.problemCount === 0) return [];
  return [{ dimension, name, refusal, problemCount: path.problemCount, problems: path.problems }];
}

const EMPTY_FILE: FileRefusal = { code: 'header-missing-column', message: 'the file holds no rows' };
