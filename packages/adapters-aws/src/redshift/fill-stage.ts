import type { Statement, TableDefinition } from '@weir/warehouse-sql';
import { prepareCopy } from './copy-statement.ts';
import { putStaged, type StagingPlace } from './staging-place.ts';

/** The number of the file whose lines a stage itself writes; what workers write is numbered from 1. */
export const FILE_NO_OF_STAGE = 0;

/** What a table of a stage is loaded from. */
export interface StageSource {
  /** For the names of objects: `rows`. */
  readonly name: string;
  readonly table: TableDefinition;
  /** Keys of packed objects that are there already, or lines that are still to be put there. */
  readonly from: { readonly keys: readonly string[] } | { readonly lines: readonly Uint8Array[] };
}

/**
 * Writes below the prefix what is needed for it, and gives the COPY statements that fill the tables.
 *
 * @throws PortError `warehouse.stage-failed`
 */
export async function fillStage(
  place: StagingPlace,
  prefix: string,
  sources: readonly StageSource[],
): Promise<readonly Statement[]> {
  const copies: Statement[] = [];
  for (const { name, table, from } of sources) {
    const isPacked = 'keys' in from;
    const keys = isPacked ? from.keys : await putLines(place, `${prefix}${name}.tsv`, from.lines);
    copies.push(...(await prepareCopy(place, `${prefix}${name}.manifest`, { table, keys, isPacked })));
  }
  return copies;
}

async function putLines(place: StagingPlace, key: string, lines: readonly Uint8Array[]): Promise<readonly string[]> {
  if (lines.length === 0) return [];
  await putStaged(place, key, Buffer.concat(lines));
  return [key];
}
