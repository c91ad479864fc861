import type { DimensionName } from '../ports/dimension-catalog.port.ts';
import { PortError } from '../ports/port-error.ts';

/** Places in a pool are 31 bits. */
export const MAX_POOL_BYTES = 2 ** 31 - 1;

interface Excess {
  readonly dimension?: DimensionName | undefined;
  readonly rows: number;
  readonly bytes: number;
  /** The limit that was set; undefined where the limit is what can be addressed. */
  readonly maxBytes?: number | undefined;
  /** Bytes that others take of it. */
  readonly takenBytes?: number | undefined;
}

/** The error of an index that takes more memory than it may. */
export function dimensionTooLarge({ dimension, rows, bytes, maxBytes, takenBytes = 0 }: Excess): PortError {
  const table = dimension === undefined ? 'A dimension' : `dim_${dimension}`;
  const takes = `${table} does not fit into memory: its first ${rows.toLocaleString('en-US')} rows take ${toMegabytes(bytes, Math.ceil)} MB`;
  const context = { ...(dimension === undefined ? {} : { dimension }), rows, bytes };
  if (maxBytes === undefined) {
    return new PortError({
      code: 'dimensions.too-large',
      message: `${takes}, more than the ${toMegabytes(MAX_POOL_BYTES, Math.floor)} MB of ids and values that can be addressed.`,
      remedy: 'No setting raises this limit: leave out rows that no transaction refers to.',
      context: { ...context, limit: MAX_POOL_BYTES },
    });
  }
  const beside = takenBytes === 0 ? '' : ` beside the ${toMegabytes(takenBytes, Math.ceil)} MB of the other dimension`;
  return new PortError({
    code: 'dimensions.too-large',
    message: `${takes}${beside}, more than the ${toMegabytes(maxBytes, Math.floor)} MB that dimensions may take.`,
    remedy:
      'Raise the limit with --dimension-memory <MB> (maxDimensionBytes in a program), or leave out rows that no transaction refers to.',
    context: { ...context, limit: maxBytes },
  });
}

/** What is taken is rounded up and a limit down: never does the one read as the other. */
function toMegabytes(bytes: number, round: (value: number) => number): string {
  const megabytes = bytes / 2 ** 20;
  const digits = megabytes < 100 ? 1 : 0;
  return (round(megabytes * 10 ** digits) / 10 ** digits).toFixed(digits);
}
