import type { DatasetName } from '@weir/core/telemetry';
import type { DatabaseChoice } from '../config/choose-database.ts';

/** A landed file, by the naming rules of OpenLineage. */
export function nameFile(landing: string, key: string): DatasetName {
  const [bucket] = /^s3:\/\/[^/]+/.exec(landing) ?? [];
  // Keys of objects are whole, wherever below the bucket they landed.
  return bucket === undefined ? { namespace: 'file', name: `${landing}/${key}` } : { namespace: bucket, name: key };
}

/** A table in the database of a run; never with its user or password. */
export function nameTable(choice: DatabaseChoice, table: string): DatasetName {
  if (choice.kind === 'embedded') return { namespace: 'file', name: `${choice.dataDirectory}/${table}` };
  if (choice.kind === 'redshift') {
    const { workgroupName, clusterIdentifier, database } = choice.redshift;
    return { namespace: `redshift://${workgroupName ?? clusterIdentifier}:5439`, name: `${database}.public.${table}` };
  }
  const { hostname, port, pathname } = new URL(choice.url);
  const database = decodeURIComponent(pathname.slice(1));
  return { namespace: `postgres://${hostname}:${port || '5432'}`, name: `${database}.public.${table}` };
}
