import type { CopyCommand } from '../sql/parse-copy.ts';
import type { TargetColumn } from './target-columns.ts';

/** Why a field cannot be loaded: Redshift's number and words. */
export class FieldFault {
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason: string) {
    this.code = code;
    this.reason = reason;
  }
}

/** The value as Postgres reads it, or why there is none. */
export type FieldCheck = (value: string) => string | FieldFault;

const INTEGERS: Readonly<Record<string, readonly [string, bigint]>> = {
  int2: ['Short', 2n ** 15n],
  int4: ['Integer', 2n ** 31n],
  int8: ['Long', 2n ** 63n],
};
const BOOLEANS = new Map<string, string>();
for (const word of ['t', 'true', 'y', 'yes', '1']) BOOLEANS.set(word, 't');
for (const word of ['f', 'false', 'n', 'no', '0']) BOOLEANS.set(word, 'f');

export function fieldCheck(column: TargetColumn, copy: CopyCommand): FieldCheck {
  switch (column.type) {
    case 'varchar':
    case 'char':
      return (value) => checkText(value, column, copy);
    case 'int2':
    case 'int4':
    case 'int8':
      return (value) => checkInteger(value, column.type);
    case 'numeric':
      return (value) => checkDecimal(value, column, copy);
    case 'date':
      return (value) =>
        isDate(value) ? value : new FieldFault(1205, 'Invalid Date Format - length must be 10 or more');
    case 'timestamp':
    case 'timestamptz':
      return checkTimestamp;
    case 'bool':
      return (value) => BOOLEANS.get(value.trim().toLowerCase()) ?? new FieldFault(1210, 'Unknown boolean format');
    case 'float4':
    case 'float8':
      return (value) =>
        /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(value)
          ? value
          : new FieldFault(1208, 'Invalid digit, Value, Type: Double');
    default:
      return () => new FieldFault(1200, `The simulator does not load columns of the type ${column.type}`);
  }
}

/** Bytes count, not characters; blanks that are too many at the end are cut off. */
function checkText(value: string, column: TargetColumn, copy: CopyCommand): string | FieldFault {
  const { size, type } = column;
  if (value.includes('\0')) return new FieldFault(1218, 'Invalid null byte - field longer than 1 byte');
  // A string has at most three bytes a unit.
  const bytes = value.length * 3 <= size ? 0 : Buffer.byteLength(value);
  if (type === 'char' && Buffer.byteLength(value) > value.length)
    return new FieldFault(1215, 'Multibyte character not supported for CHAR (Hint: try using VARCHAR)');
  if (bytes <= size) return escapeText(value);
  if (!copy.truncatesColumns && Buffer.byteLength(value.trimEnd()) > size)
    return new FieldFault(1204, 'String length exceeds DDL length');
  let end = Math.min(value.length, size);
  while (Buffer.byteLength(value.slice(0, end)) > size) end--;
  return escapeText(value.slice(0, end));
}

function checkInteger(value: string, type: string): string | FieldFault {
  const [name, limit] = INTEGERS[type]!;
  const text = value.trim();
  if (!/^[+-]?\d+$/.test(text)) {
    const at = Math.max(0, text.search(/[^\d+-]/));
    return new FieldFault(1207, `Invalid digit, Value '${text[at] ?? ''}', Pos ${at}, Type: ${name}`);
  }
  if (text.length < 5) return text;
  const number = BigInt(text);
  return number >= -limit && number < limit ? text : new FieldFault(1204, `Overflow, Column type: ${name}`);
}

/** Digits that are too many behind the point are cut off; INSERT would round. */
function checkDecimal(value: string, { size, scale }: TargetColumn, copy: CopyCommand): string | FieldFault {
  const text = value.trim();
  const [, sign, whole = '', fraction = ''] = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') {
    const at = Math.max(0, text.search(/[^\d+.-]/));
    return new FieldFault(1207, `Invalid digit, Value '${text[at] ?? ''}', Pos ${at}, Type: Decimal`);
  }
  if (whole.replace(/^0+/, '').length > size - scale)
    return new FieldFault(1204, `Overflow for NUMERIC(${size},${scale})`);
  if (fraction.length <= scale || copy.roundsDecimals) return text;
  return scale === 0 ? `${sign}${whole || '0'}` : `${sign}${whole || '0'}.${fraction.slice(0, scale)}`;
}

function checkTimestamp(value: string): string | FieldFault {
  const [, date, time] = /^(\S{10})(?:[ T](\d\d:\d\d:\d\d(?:\.\d{1,6})?))?$/.exec(value) ?? [];
  const isSound = date !== undefined && isDate(date) && (time === undefined || isTime(time));
  return isSound ? value : new FieldFault(1206, 'Invalid timestamp format or value [YYYY-MM-DD HH24:MI:SS]');
}

function isDate(value: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return Number(year) > 0 && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function isTime(value: string): boolean {
  const [hours, minutes, seconds] = value.split(':').map(Number);
  return hours! < 24 && minutes! < 60 && seconds! < 60;
}

/** As COPY of Postgres reads text. */
function escapeText(value: string): string {
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (special) => ESCAPED[special]!) : value;
}

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
