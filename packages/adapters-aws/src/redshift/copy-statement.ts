import { columnNames, quoteLiteral, type Statement, type TableDefinition } from '@weir/warehouse-sql';
import { addressIn, putStaged, type StagingPlace } from './staging-place.ts';

export interface StagedSource {
  readonly table: TableDefinition;
  /** Objects with staged text, compressed with zstd or not at all, all alike. */
  readonly keys: readonly string[];
  readonly isPacked: boolean;
}

/**
 * Writes the manifest of staged objects and gives the COPY that loads exactly them: a missing one is an error, and so is the
 * first value that does not fit. There is no COPY where there are no objects.
 *
 * @param manifest key of the manifest
 * @throws PortError `warehouse.stage-failed`
 */
export async function prepareCopy(
  place: StagingPlace,
  manifest: string,
  { table, keys, isPacked }: StagedSource,
): Promise<readonly Statement[]> {
  if (keys.length === 0) return [];
  const entries = keys.map((key) => ({ url: addressIn(place, key), mandatory: true }));
  await putStaged(place, manifest, new TextEncoder().encode(JSON.stringify({ entries })));
  const text = `COPY ${table.name} (${columnNames(table).join(', ')})
FROM ${quoteLiteral(addressIn(place, manifest), 'redshift')}
${credentials(place)} REGION ${quoteLiteral(place.region, 'redshift')} MANIFEST${isPacked ? ' ZSTD' : ''}
DELIMITER '\\t' ESCAPE DATEFORMAT 'YYYY-MM-DD' TIMEFORMAT 'auto' MAXERROR 0 COMPUPDATE OFF STATUPDATE OFF`;
  return [{ name: nameOfCopy(table), text, parameters: [] }];
}

function nameOfCopy({ name }: Pick<TableDefinition, 'name'>): string {
  return `copy-${name.replaceAll('_', '-')}`;
}

/** How Redshift may reach the staging place. */
export function credentials({ copyRoleArn }: StagingPlace): string {
  return `IAM_ROLE ${copyRoleArn === undefined ? 'default' : quoteLiteral(copyRoleArn, 'redshift')}`;
}
