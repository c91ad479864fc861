import { PortError } from '../ports/port-error.ts';
import type { Unpacker } from '../ports/unpacker.port.ts';
import type { DimensionIndex, DimensionIndexOptions } from '../staging/dimension-index.ts';
import { DimensionIndexRows } from '../staging/dimension-index-rows.ts';
import { DimensionPath } from '../staging/dimension-path.ts';
import { type DimensionSource, findRefusal, type RefusedSource, readDimensionSource } from './read-dimension-source.ts';

/**
 * The index of a dimension file, by the rules under which files are loaded. CSV goes straight into the index: staged text
 * in between would cost a quarter of the time.
 *
 * @throws PortError `dimensions.refused` with every bad row, `dimensions.too-large`; what the source throws
 */
export async function indexDimensionFile(
  unpacker: Unpacker,
  source: DimensionSource,
  options: DimensionIndexOptions = {},
): Promise<DimensionIndex> {
  const rows = new DimensionIndexRows(source.dimension, options, source.size);
  const path = new DimensionPath(source.dimension, rows);
  for await (const _ of readDimensionSource(unpacker, source, path));
  const refused = findRefusal(source, path);
  if (refused !== undefined) throw toError(refused);
  return rows.index;
}

function toError(refused: RefusedSource): PortError {
  const { dimension, name, problemCount } = refused;
  return new PortError({
    code: 'dimensions.refused',
    message: ['A dimension file cannot be joined to, because not every row is good.', ...describeRefusal(refused)].join(
      '\n',
    ),
    remedy: 'Mend these rows and start again.',
    context: { dimension, name, problemCount },
  });
}

/** Lines for people: the file, and its first problems. */
export function describeRefusal({ name, refusal, problems, problemCount }: RefusedSource): string[] {
  return [
    refusal === undefined
      ? `${name}: ${formatCount(problemCount)} bad row value${problemCount === 1 ? '' : 's'}`
      : `${name}: ${refusal.code}: ${refusal.message}`,
    ...problems.map(
      ({ line, column, code, message }) => `  line ${line}, ${column || 'whole row'}: ${code}: ${message}`,
    ),
    ...(problemCount > problems.length ? [`  ... and ${formatCount(problemCount - problems.length)} more`] : []),
  ];
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
