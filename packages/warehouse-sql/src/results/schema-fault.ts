import { PortError } from '@weir/core';
import { SCHEMA_VERSION } from '../migrations.ts';
import { SCHEMA_TABLE } from '../tables/schema-table.ts';

export interface SchemaSetting {
  /** The database, without a user or a password. */
  readonly location: string;
  /** How tables come there, as a sentence without its stop: `weir init`. */
  readonly init: string;
}

/** @throws PortError `warehouse.not-initialised`, `warehouse.schema-too-old`, `warehouse.schema-too-new` */
export function requireSchemaVersion(version: number, setting: SchemaSetting): void {
  requireSchemaNotNewer(version, setting);
  if (version === SCHEMA_VERSION) return;
  throw schemaFault(
    setting,
    version === 0 ? 'warehouse.not-initialised' : 'warehouse.schema-too-old',
    version,
    version === 0 ? 'are missing' : `have version ${version}, older than the ${SCHEMA_VERSION} of this program`,
    `${version === 0 ? 'Create' : 'Upgrade'} them: ${setting.init}.`,
  );
}

/** @throws PortError `warehouse.schema-too-new` */
export function requireSchemaNotNewer(version: number, setting: SchemaSetting): void {
  if (version <= SCHEMA_VERSION) return;
  throw schemaFault(
    setting,
    'warehouse.schema-too-new',
    version,
    `have version ${version}, newer than the ${SCHEMA_VERSION} of this program`,
    'Use a newer release of Weir.',
  );
}

function schemaFault(
  { location }: SchemaSetting,
  code: string,
  version: number,
  what: string,
  remedy: string,
): PortError {
  return new PortError({
    code,
    message: `The tables in the database at ${location} ${what} (see ${SCHEMA_TABLE.name}).`,
    remedy,
    context: { location, version, expected: SCHEMA_VERSION },
  });
}
