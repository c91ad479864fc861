import { encodeStagedLine } from '../../packages/core/src/staging/staged-text.ts';
import { readRecords, SEPARATOR } from '../check/read-records.ts';

/** Places in the dimension files of the columns that the warehouse unloads, see `selectDimension`. */
const COLUMNS = { products: [0, 1, 2, 4, 3], customers: [0, 4] } as const;
export type Dimension = keyof typeof COLUMNS;

/** The lines of a dimension as the warehouse unloads them, in as many parts as it has slices. */
export function stagedDimension(dimension: Dimension, path: string, slices: number): Buffer[] {
  const parts: Uint8Array[][] = Array.from({ length: slices }, () => []);
  const decoder = new TextDecoder();
  let read = -1;
  readRecords(path, 'csv', (bytes, length) => {
    // The header.
    if (read++ < 0) return;
    const values = decoder.decode(bytes.subarray(0, length)).split(String.fromCharCode(SEPARATOR));
    parts[read % slices]!.push(encodeStagedLine(COLUMNS[dimension].map((place) => values[place]!)));
  });
  return parts.map((lines) => Buffer.concat(lines));
}
