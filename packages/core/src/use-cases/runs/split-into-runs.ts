import { compareUtf8 } from '../../rules/version.ts';
import type { AttemptedFile } from './run-id.ts';

/**
 * Parts file versions into runs: each run has a key once, and versions of one key go to successive runs, the oldest first by
 * time, then as given. Within a run the files are in the byte order of their keys.
 *
 * @param maxFiles the most of one run, from 1
 */
export function splitIntoRuns(
  files: readonly AttemptedFile[],
  maxFiles: number,
): readonly (readonly AttemptedFile[])[] {
  const byAge = files.toSorted((a, b) => a.file.modifiedAt - b.file.modifiedAt);
  const layers: AttemptedFile[][] = [];
  const depths = new Map<string, number>();
  for (const attempted of byAge) {
    const depth = depths.get(attempted.file.key) ?? 0;
    depths.set(attempted.file.key, depth + 1);
    const layer = layers[depth] ?? [];
    layers[depth] = layer;
    layer.push(attempted);
  }
  return layers.flatMap((layer) =>
    chunk(
      layer.sort((a, b) => compareUtf8(a.file.key, b.file.key)),
      maxFiles,
    ),
  );
}

function chunk<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const chunks: Item[][] = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}
