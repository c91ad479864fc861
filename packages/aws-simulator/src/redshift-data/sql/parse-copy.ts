import { DatabaseFault } from '../database/database-fault.ts';
import { type ReadOption, readOptions, SHARED_OPTIONS } from './read-options.ts';
import { OptionReader, parseS3Address } from './s3-options.ts';
import { closingOf, isSymbol, isWord, render, type Token } from './tokenize.ts';

export interface CopyCommand {
  /** As written, with its schema. */
  readonly table: string;
  readonly columns: readonly string[] | undefined;
  readonly bucket: string;
  /** Of the manifest; else what the keys begin with. */
  readonly key: string;
  readonly role: string;
  readonly isManifest: boolean;
  readonly compression: 'none' | 'gzip' | 'zstd';
  readonly delimiter: string;
  readonly escapes: boolean;
  /** The field that stands for NULL. */
  readonly nullText: string;
  readonly emptyAsNull: boolean;
  readonly ignoreHeader: number;
  readonly maxError: number;
  readonly roundsDecimals: boolean;
  readonly truncatesColumns: boolean;
  /** What replaces invalid UTF-8; undefined where that is an error. */
  readonly replacement: string | undefined;
  readonly fillsRecord: boolean;
  readonly parsesOnly: boolean;
}

/** @throws DatabaseFault for what Redshift refuses, and for what the simulator does not do */
export function parseCopy(tokens: readonly Token[]): CopyCommand {
  const from = tokens.findIndex((token) => isWord(token, 'from'));
  const open = tokens.findIndex((token, i) => isSymbol(token, '(') && i < from);
  const nameEnd = open < 0 ? from : open;
  const columns = open < 0 ? undefined : columnNames(tokens.slice(open + 1, closingOf(tokens, open)));
  const reader = new OptionReader(tokens, from + 1);
  const command: CopyCommand = {
    ...{ table: render(tokens.slice(1, nameEnd)).trim(), columns, ...parseS3Address(reader.takeString()) },
    ...{ role: '', isManifest: false, compression: 'none', delimiter: '|', escapes: false, nullText: '\\N' },
    ...{ emptyAsNull: false, ignoreHeader: 0, maxError: 0, roundsDecimals: false, truncatesColumns: false },
    ...{ replacement: undefined, fillsRecord: false, parsesOnly: false },
  };
  return readOptions('COPY', command, reader, OPTIONS, NOT_SIMULATED);
}

const OPTIONS: Readonly<Record<string, ReadOption<CopyCommand>>> = {
  ...SHARED_OPTIONS,
  manifest: () => ({ isManifest: true }),
  delimiter: (reader) => ({ delimiter: takeDelimiter(reader) }),
  emptyasnull: () => ({ emptyAsNull: true }),
  ignoreheader: (reader) => ({ ignoreHeader: reader.takeNumber() }),
  maxerror: (reader) => ({ maxError: reader.takeNumber() }),
  roundec: () => ({ roundsDecimals: true }),
  truncatecolumns: () => ({ truncatesColumns: true }),
  acceptinvchars: () => ({ replacement: '?' }),
  fillrecord: () => ({ fillsRecord: true }),
  noload: () => ({ parsesOnly: true }),
  // These change nothing here, as long as they are the usual ones.
  compupdate: (reader) => {
    if (reader.takeWord('preset') === undefined) reader.takeSwitch();
    return {};
  },
  statupdate: (reader) => {
    reader.takeSwitch();
    return {};
  },
  region: (reader) => {
    reader.takeString();
    return {};
  },
  encoding: (reader) => {
    reader.takeWord('as');
    if (reader.takeWord('utf8') === undefined) reader.takeString();
    return {};
  },
  dateformat: takeFormat,
  timeformat: takeFormat,
  ignoreblanklines: () => ({}),
  trimblanks: () => ({}),
};

const NOT_SIMULATED = [
  ...['csv', 'parquet', 'orc', 'json', 'avro', 'fixedwidth', 'shapefile', 'removequotes', 'bzip2', 'lzop', 'encrypted'],
  ...['ignoreallerrors', 'explicit_ids', 'acceptanydate', 'blanksasnull', 'job', 'credentials', 'access_key_id'],
];

function takeDelimiter(reader: OptionReader): string {
  const delimiter = reader.takeString();
  if (delimiter.length !== 1) throw new DatabaseFault('22023', 'COPY delimiter must be a single character');
  return delimiter;
}

function takeFormat(reader: OptionReader): Partial<CopyCommand> {
  const format = reader.takeString();
  if (['auto', 'YYYY-MM-DD', 'YYYY-MM-DD HH:MI:SS'].includes(format)) return {};
  throw new DatabaseFault('0A000', `the simulator does not know the format '${format}' of COPY`);
}

function columnNames(tokens: readonly Token[]): readonly string[] {
  return tokens.filter(({ kind }) => kind === 'word' || kind === 'quoted').map(({ value }) => value);
}
