import type { DimensionName } from '../ports/dimension-catalog.port.ts';
import { PortError } from '../ports/port-error.ts';
import { MAX_POOL_BYTES } from './dimension-memory.ts';

interface Excess {
  readonly dimension: DimensionName | undefined;
  readonly rows: number;
  readonly bytes: number;
  /** The limit that was set; undefined where the limit is what can be addressed. */
  readonly maxBytes: number | undefined;
}

/** The error of an index that takes more memory than it may. */
export function dimensionTooLarge({ dimension, rows, bytes, maxBytes }: Excess): PortError {
  const table = dimension === undefined ? 'A dimension' : `dim_${dimension}`;
  const limit = maxBytes ?? MAX_POOL_BYTES;
  const why =
    maxBytes === undefined
      ? `more than the ${toMegabytes(limit)} MB that an index can address`
      : `more than the ${toMegabytes(limit)} MB that it may take`;
  return new PortError({
    code: 'dimensions.too-large',
    message: `${table} does not fit into memory: its first ${rows} rows take ${toMegabytes(bytes)} MB, ${why}.`,
    remedy:
      maxBytes === undefined
        ? 'No setting raises this limit: leave out rows that no transaction refers to.'
        : 'Raise the limit with --dimension-memory <MB> (maxDimensionBytes in a program), or leave out rows that no transaction refers to.',
    context: { ...(dimension === undefined ? {} : { dimension }), rows, bytes, limit },
  });
}

function toMegabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(bytes < 100 * 2 ** 20 ? 1 : 0);
}
