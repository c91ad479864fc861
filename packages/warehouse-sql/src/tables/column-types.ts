import type { ColumnType } from './column-type.ts';

export const key = (bytes: number): ColumnType => ({ kind: 'key', bytes });
export const text = (bytes: number): ColumnType => ({ kind: 'text', bytes });

export const SMALLINT: ColumnType = { kind: 'smallint' };
export const INTEGER: ColumnType = { kind: 'integer' };
export const BIGINT: ColumnType = { kind: 'bigint' };
export const DATE: ColumnType = { kind: 'date' };
export const TIMESTAMP: ColumnType = { kind: 'timestamp' };

/** DECIMAL(12,2) and DECIMAL(18,2). */
export const PRICE: ColumnType = { kind: 'decimal', digits: 12 };
export const TOTAL: ColumnType = { kind: 'decimal', digits: 18 };

/** The longest string that Redshift has, in bytes. */
export const LONGEST_TEXT = 65_535;
export const LONG_TEXT = text(LONGEST_TEXT);
/** Bytes of a text that is told again: a row of results with it must fit into the 64 KB that the Data API gives back. */
export const LONGEST_TOLD = 48 * 1024;

export const ID = key(64);
export const RUN_ID = key(128);
export const SOURCE_KEY = key(4096);
export const CONTENT_HASH = key(80);
/** Words of the policy have at most 32 characters of at most 4 bytes. */
export const WORD = text(128);
export const CODE = text(64);
