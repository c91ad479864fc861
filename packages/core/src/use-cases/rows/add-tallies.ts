import { FAULTS } from '../../rules/faults.ts';
import type { RowTally } from '../../staging/row-path.ts';

export const EMPTY_TALLY: RowTally = { read: 0, blankLines: 0, rejected: 0, rejectsByCode: {}, firstRejects: {} };

/** Of two parts of a file, the earlier one first. */
export function addTallies(earlier: RowTally, later: RowTally): RowTally {
  const rejectsByCode: RowTally['rejectsByCode'] = mapCodes(
    (code) => (earlier.rejectsByCode[code] ?? 0) + (later.rejectsByCode[code] ?? 0),
  );
  const firstRejects = mapCodes((code) => earlier.firstRejects[code] ?? later.firstRejects[code] ?? 0);
  return {
    read: earlier.read + later.read,
    blankLines: earlier.blankLines + later.blankLines,
    rejected: earlier.rejected + later.rejected,
    rejectsByCode,
    firstRejects,
  };
}

/** In the order of the faults, without those that are 0. */
function mapCodes(of: (code: (typeof FAULTS)[number]['code']) => number): RowTally['rejectsByCode'] {
  return Object.fromEntries(FAULTS.map(({ code }) => [code, of(code)] as const).filter(([, number]) => number > 0));
}
