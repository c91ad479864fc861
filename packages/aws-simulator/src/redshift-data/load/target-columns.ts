import type pg from 'pg';
import { DatabaseFault } from '../database/database-fault.ts';

/** A column of the table that a COPY fills. */
export interface TargetColumn {
  readonly name: string;
  /** Redshift's name of the type. */
  readonly type: string;
  /** Bytes of a string, digits of a number. */
  readonly size: number;
  /** Digits behind the point. */
  readonly scale: number;
  readonly isNullable: boolean;
}

export interface TargetTable {
  readonly id: number;
  readonly columns: readonly TargetColumn[];
}

const TYPES: Readonly<Record<string, string>> = { int2: 'int2', int4: 'int4', int8: 'int8', bpchar: 'char' };

/** @throws DatabaseFault where the table or a column is missing */
export async function readTargetTable(
  session: pg.Client,
  table: string,
  names: readonly string[] | undefined,
): Promise<TargetTable> {
  const { rows } = await session.query(
    `SELECT a.attrelid::bigint AS id, a.attname AS name, t.typname AS type, a.atttypmod AS modifier, a.attnotnull AS required
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [table],
  );
  if (rows.length === 0) throw new DatabaseFault('XX000', `Cannot COPY into nonexistent table ${table}`);
  const all = rows.map(toColumn);
  const columns = (names ?? all.map(({ name }) => name)).map((name) => {
    const column = all.find((known) => known.name === name);
    if (column === undefined)
      throw new DatabaseFault('42703', `column "${name}" of relation "${table}" does not exist`);
    return column;
  });
  return { id: Number(rows[0].id), columns };
}

function toColumn(row: { name: string; type: string; modifier: number; required: boolean }): TargetColumn {
  const { name, type, modifier, required } = row;
  const length = /^redshift_varchar_(\d+)$/.exec(type)?.[1];
  const common = { name, isNullable: !required, scale: 0 };
  if (length !== undefined) return { ...common, type: 'varchar', size: Number(length) };
  if (type === 'numeric')
    return { ...common, type, size: ((modifier - 4) >> 16) & 0xffff, scale: (modifier - 4) & 0xffff };
  if (type === 'bpchar' || type === 'varchar')
    return { ...common, type: type === 'bpchar' ? 'char' : type, size: modifier < 0 ? 65_535 : modifier - 4 };
  return { ...common, type: TYPES[type] ?? type, size: 0 };
}
