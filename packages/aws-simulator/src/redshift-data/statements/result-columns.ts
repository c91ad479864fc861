import type pg from 'pg';
import type { ColumnKind, ResultColumn } from './statement-record.ts';

/** Types of Postgres by their number, with Redshift's names. */
const TYPES: Readonly<Record<number, readonly [string, ColumnKind, number]>> = {
  16: ['bool', 'boolean', 1],
  20: ['int8', 'long', 19],
  21: ['int2', 'long', 5],
  23: ['int4', 'long', 10],
  700: ['float4', 'double', 8],
  701: ['float8', 'double', 17],
  1082: ['date', 'string', 13],
  1114: ['timestamp', 'string', 29],
  1184: ['timestamptz', 'string', 35],
  1700: ['numeric', 'string', 38],
};

export function toResultColumns(fields: readonly pg.FieldDef[]): readonly ResultColumn[] {
  return fields.map(({ name, dataTypeID, dataTypeModifier }) => {
    const [typeName, type, size] = TYPES[dataTypeID] ?? (['varchar', 'string', 65_535] as const);
    const isExact = dataTypeID === 1700 && dataTypeModifier > 4;
    return {
      ...{ name, type, typeName },
      precision: isExact ? ((dataTypeModifier - 4) >> 16) & 0xffff : size,
      scale: isExact ? (dataTypeModifier - 4) & 0xffff : 0,
    };
  });
}
