import { isDamage, unpack } from '../intake/unpack.ts';
import type { DimensionName } from '../ports/dimension-catalog.port.ts';
import type { Unpacker } from '../ports/unpacker.port.ts';
import type { FileRefusal } from '../ports/warehouse.port.ts';
import type { DimensionPath } from '../staging/dimension-path.ts';
import type { DimensionProblem } from '../staging/dimension-problem.ts';

export interface DimensionSource {
  readonly dimension: DimensionName;
  /** Shown in messages; a name that ends with `.gz` is unpacked. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface RefusedSource {
  readonly dimension: DimensionName;
  readonly name: string;
  readonly refusal: FileRefusal | undefined;
  readonly problemCount: number;
  /** The first of them. */
  readonly problems: readonly DimensionProblem[];
}

export const MAX_PROBLEMS_TOLD = 20;

/** The rows of a file as its path writes them. Whether the file is refused is known at the end: see `findRefusal`. */
export async function* stageDimensionFile(
  unpacker: Unpacker,
  source: DimensionSource,
  path: DimensionPath,
  onProgress: (dimension: DimensionName, rows: number) => void = () => undefined,
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
}

/** Why the file whose rows went through the path is not taken; undefined where it is good. */
export function findRefusal({ dimension, name }: DimensionSource, path: DimensionPath): RefusedSource | undefined {
  const isEmpty = path.read === 0 && path.refusal === undefined;
  const refusal = isEmpty ? EMPTY_FILE : path.refusal;
  if (refusal === undefined && path.problemCount === 0) return undefined;
  return { dimension, name, refusal, problemCount: path.problemCount, problems: path.problems };
}

const EMPTY_FILE: FileRefusal = { code: 'header-missing-column', message: 'the file holds no rows' };
