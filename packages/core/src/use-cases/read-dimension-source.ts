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
  /** Bytes of all chunks, where that is known. */
  readonly size?: number | undefined;
}

export interface RefusedSource {
  readonly dimension: DimensionName;
  readonly name: string;
  readonly refusal: FileRefusal | undefined;
  readonly problemCount: number;
  /** The first of them. */
  readonly problems: readonly DimensionProblem[];
}

/** Sends a file along its path; yields after each chunk, so that what became of it can be taken away. */
export async function* readDimensionSource(
  unpacker: Unpacker,
  { name, chunks }: DimensionSource,
  path: DimensionPath,
): AsyncGenerator<void> {
  try {
    for await (const chunk of unpack(unpacker, name, chunks)) {
      path.push(chunk);
      yield;
    }
    path.end();
  } catch (error) {
    if (!isDamage(error)) throw error;
    path.refuse({ code: 'file-not-text', message: error.message });
  }
}

/** Why the file that went along the path is not taken; undefined where it is good. */
export function findRefusal({ dimension, name }: DimensionSource, path: DimensionPath): RefusedSource | undefined {
  const isEmpty = path.read === 0 && path.refusal === undefined;
  const refusal = isEmpty ? EMPTY_FILE : path.refusal;
  if (refusal === undefined && path.problemCount === 0) return undefined;
  return { dimension, name, refusal, problemCount: path.problemCount, problems: path.problems };
}

const EMPTY_FILE: FileRefusal = { code: 'header-missing-column', message: 'the file holds no rows' };
