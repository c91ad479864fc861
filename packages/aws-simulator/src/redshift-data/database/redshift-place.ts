import type pg from 'pg';
import type { ObjectAccess } from '../../server/object-access.ts';
import type { RedshiftDatabase } from './redshift-database.ts';

/** Where COPY and UNLOAD work. */
export interface RedshiftPlace {
  /** With an open transaction. */
  readonly session: pg.Client;
  readonly database: RedshiftDatabase;
  readonly objects: ObjectAccess;
  /** That may be named; any where undefined. */
  readonly roles: readonly string[] | undefined;
  readonly queryId: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly slices: number;
}
