import { DatabaseFault } from '../database/database-fault.ts';
import { NO_CREDENTIALS, OptionReader, parseS3Address } from './s3-options.ts';
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

const NOT_SIMULATED = [
  ...['csv', 'parquet', 'orc', 'json', 'avro', 'fixedwidth', 'shapefile', 'removequotes', 'bzip2', 'lzop', 'encrypted'],
  ...['ignoreallerrors', 'explicit_ids', 'acceptanydate', 'blanksasnull', 'job', 'credentials', 'access_key_id'],
];

/** @throws DatabaseFault for what Redshift refuses, and for what the simulator does not do */
export function parseCopy(tokens: readonly Token[]): CopyCommand {
  const from = tokens.findIndex((token) => isWord(token, 'from'));
  const open = tokens.findIndex((token, i) => isSymbol(token, '(') && i < from);
  const nameEnd = open < 0 ? from : open;
  const columns = open < 0 ? undefined : columnNames(tokens.slice(open + 1, closingOf(tokens, open)));
  const reader = new OptionReader(tokens, from + 1);
  const command = {
    ...{ table: render(tokens.slice(1, nameEnd)).trim(), columns, ...parseS3Address(reader.takeString()) },
    ...{ role: '', isManifest: false, compression: 'none', delimiter: '|', escapes: false, nullText: '\\N' },
    ...{ emptyAsNull: false, ignoreHeader: 0, maxError: 0, roundsDecimals: false, truncatesColumns: false },
    ...{ replacement: undefined, fillsRecord: false, parsesOnly: false },
  } as Writable<CopyCommand>;
  while (!reader.isAtEnd) takeOption(reader, command);
  if (command.role === '') throw new DatabaseFault('XX000', NO_CREDENTIALS);
  return command;
}

function takeOption(reader: OptionReader, command: Writable<CopyCommand>): void {
  const word = reader.takeWord(...KNOWN) ?? reader.refuse();
  switch (word) {
    case 'iam_role':
      command.role = reader.takeRole();
      break;
    case 'manifest':
      command.isManifest = true;
      break;
    case 'gzip':
    case 'zstd':
      command.compression = word;
      break;
    case 'delimiter':
      command.delimiter = reader.takeString();
      if (command.delimiter.length !== 1) throw new DatabaseFault('22023', 'COPY delimiter must be a single character');
      break;
    case 'escape':
      command.escapes = true;
      break;
    case 'null':
      command.nullText = reader.takeString();
      break;
    case 'emptyasnull':
      command.emptyAsNull = true;
      break;
    case 'ignoreheader':
      reader.takeWord('as');
      command.ignoreHeader = reader.takeNumber();
      break;
    case 'maxerror':
      reader.takeWord('as');
      command.maxError = reader.takeNumber();
      break;
    case 'roundec':
      command.roundsDecimals = true;
      break;
    case 'truncatecolumns':
      command.truncatesColumns = true;
      break;
    case 'acceptinvchars':
      command.replacement = '?';
      break;
    case 'fillrecord':
      command.fillsRecord = true;
      break;
    case 'noload':
      command.parsesOnly = true;
      break;
    default:
      takeWithoutEffect(word, reader);
  }
}

/** Options that change nothing here, as long as they are the usual ones. */
function takeWithoutEffect(word: string, reader: OptionReader): void {
  if (NOT_SIMULATED.includes(word))
    throw new DatabaseFault('0A000', `the simulator does not know the option ${word.toUpperCase()} of COPY`);
  if (word === 'compupdate' && reader.takeWord('preset') !== undefined) return;
  if (word === 'compupdate' || word === 'statupdate') reader.takeSwitch();
  if (word === 'region' || word === 'encoding') {
    if (word === 'encoding' && reader.takeWord('as', 'utf8') === 'utf8') return;
    if (reader.takeWord('utf8') === undefined) reader.takeString();
  }
  if (word === 'dateformat' || word === 'timeformat') {
    const format = reader.takeString();
    if (!['auto', 'YYYY-MM-DD', 'YYYY-MM-DD HH:MI:SS'].includes(format))
      throw new DatabaseFault('0A000', `the simulator does not know the format '${format}' of COPY`);
  }
}

const KNOWN = [
  ...['iam_role', 'manifest', 'gzip', 'zstd', 'delimiter', 'escape', 'null', 'emptyasnull', 'ignoreheader', 'maxerror'],
  ...['roundec', 'truncatecolumns', 'acceptinvchars', 'fillrecord', 'noload', 'compupdate', 'statupdate', 'region'],
  ...['encoding', 'dateformat', 'timeformat', 'ignoreblanklines', 'trimblanks', ...NOT_SIMULATED],
];

function columnNames(tokens: readonly Token[]): readonly string[] {
  return tokens.filter(({ kind }) => kind === 'word' || kind === 'quoted').map(({ value }) => value);
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
