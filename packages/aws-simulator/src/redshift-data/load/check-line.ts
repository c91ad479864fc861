import { isUtf8 } from 'node:buffer';
import type { CopyCommand } from '../sql/parse-copy.ts';
import { FieldFault, fieldCheck } from './check-field.ts';
import type { TargetColumn } from './target-columns.ts';

const LONGEST_LINE = 4 * 1024 * 1024;

/** What is wrong with a line. */
export interface LineFault extends Pick<FieldFault, 'code' | 'reason'> {
  readonly column: TargetColumn | undefined;
  /** Of the column's field in the line, from 0. */
  readonly position: number;
  readonly field: string;
}

/** The line as COPY of Postgres reads it, or what is wrong with it. */
export type LineCheck = (line: Buffer) => string | LineFault;

export function lineCheck(columns: readonly TargetColumn[], copy: CopyCommand): LineCheck {
  const checks = columns.map((column) => fieldCheck(column, copy));
  return (line) => {
    if (line.length > LONGEST_LINE) return whole(1216, 'Input line is longer than 4 MB');
    const isValid = isUtf8(line);
    if (!isValid && copy.replacement === undefined)
      return whole(1220, 'String contains invalid or unsupported UTF8 codepoints.');
    const text = isValid ? line.toString('utf8') : line.toString('utf8').replaceAll('\ufffd', copy.replacement!);
    const fields = splitFields(text, copy);
    if (fields.length > columns.length) return whole(1202, 'Extra column(s) found');
    if (fields.length < columns.length && !copy.fillsRecord) return whole(1214, 'Delimiter not found');
    const values = new Array<string>(columns.length);
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      const field = i < fields.length ? fields[i]! : copy.nullText;
      const isText = column.type === 'varchar' || column.type === 'char';
      const isNull = field === copy.nullText || (field === '' && (!isText || copy.emptyAsNull));
      if (isNull && !column.isNullable) return at(i, fields, column, 1213, 'Missing data for not-null field');
      const value = isNull ? '\\N' : checks[i]!(copy.escapes ? unescapeField(field) : field);
      if (value instanceof FieldFault) return at(i, fields, column, value.code, value.reason);
      values[i] = value;
    }
    return values.join('\t');
  };
}

/** Fields as they stand in the line. */
function splitFields(text: string, { delimiter, escapes }: CopyCommand): readonly string[] {
  if (!escapes || !text.includes('\\')) return text.split(delimiter);
  const fields: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === delimiter) {
      fields.push(text.slice(start, i));
      start = i + 1;
    }
  }
  fields.push(text.slice(start));
  return fields;
}

/** A backslash stands for the character behind it, whatever that is. */
function unescapeField(field: string): string {
  return field.includes('\\') ? field.replace(/\\([\s\S])/g, '$1') : field;
}

function whole(code: number, reason: string): LineFault {
  return { code, reason, column: undefined, position: 0, field: '' };
}

function at(i: number, fields: readonly string[], column: TargetColumn, code: number, reason: string): LineFault {
  const position = fields.slice(0, i).reduce((sum, field) => sum + field.length + 1, 0);
  return { code, reason, column, position, field: fields[i] ?? '' };
}
