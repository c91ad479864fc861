import type { DimensionName } from '../ports/dimension-catalog.port.ts';
import { PortError } from '../ports/port-error.ts';

/** The error of a dimension in which two rows with one id differ, so that it is not known what to join to. */
export function dimensionIdRepeated(dimension: DimensionName | undefined, row: number, count: number): PortError {
  const others = count === 1 ? '' : `, and so have ${count - 1} other rows`;
  return new PortError({
    code: 'dimensions.id-repeated',
    message: `Row ${row} of ${dimension ?? 'a dimension'} has the id of an earlier row and says something else${others}. Rows are counted from 1; a header is none.`,
    remedy: 'Keep one row an id.',
    context: { row, count, ...(dimension === undefined ? {} : { dimension }) },
  });
}
