import { PortError } from '../ports/port-error.ts';
import type { Unpacker } from '../ports/unpacker.port.ts';
import { DimensionPath } from '../staging/dimension-path.ts';
import {
  type DimensionSource,
  findRefusal,
  MAX_PROBLEMS_TOLD,
  type RefusedSource,
  stageDimensionFile,
} from './stage-dimension-file.ts';

/**
 * A dimension file as the snapshot that `DimensionCatalog.read` promises, by the rules under which files are loaded.
 *
 * @throws PortError `dimensions.refused` behind the last row, with every bad row; what the source throws
 */
export async function* readDimensionFile(unpacker: Unpacker, source: DimensionSource): AsyncGenerator<Uint8Array> {
  const path = new DimensionPath(source.dimension, { maxProblems: MAX_PROBLEMS_TOLD, output: 'snapshot' });
  yield* stageDimensionFile(unpacker, source, path);
  const refused = findRefusal(source, path);
  if (refused !== undefined) throw toError(refused);
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
