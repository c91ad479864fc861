import { DatabaseFault } from '../database/database-fault.ts';
import { NO_CREDENTIALS, OptionReader, parseS3Address } from './s3-options.ts';
import { closingOf, isSymbol, type Token } from './tokenize.ts';

export interface UnloadCommand {
  /** In the SQL of Redshift. */
  readonly select: string;
  readonly bucket: string;
  /** What the keys of the files begin with. */
  readonly prefix: string;
  readonly role: string;
  readonly delimiter: string;
  readonly addsQuotes: boolean;
  readonly escapes: boolean;
  readonly nullText: string;
  readonly hasHeader: boolean;
  readonly compression: 'none' | 'gzip' | 'zstd';
  readonly hasManifest: boolean;
  readonly isVerbose: boolean;
  readonly overwrites: boolean;
  readonly cleansPath: boolean;
  readonly isParallel: boolean;
  /** Bytes of a file. */
  readonly maxFileSize: number;
  /** What the names of the files end with; undefined for the compression's own. */
  readonly extension: string | undefined;
}

const MEBIBYTE = 1024 * 1024;
const NOT_SIMULATED = [
  'csv',
  'parquet',
  'json',
  'partition',
  'bzip2',
  'encrypted',
  'kms_key_id',
  'fixedwidth',
  'credentials',
];
const KNOWN = [
  ...['iam_role', 'delimiter', 'addquotes', 'escape', 'null', 'header', 'gzip', 'zstd', 'manifest', 'allowoverwrite'],
  ...['cleanpath', 'parallel', 'maxfilesize', 'extension', 'region', 'format', 'rowgroupsize', ...NOT_SIMULATED],
];

/** @throws DatabaseFault for what Redshift refuses, and for what the simulator does not do */
export function parseUnload(tokens: readonly Token[]): UnloadCommand {
  const close = closingOf(tokens, 1);
  const select = tokens[2];
  if (!isSymbol(tokens[1], '(') || select?.kind !== 'string' || close !== 3)
    throw new DatabaseFault('42601', `syntax error at or near "${tokens[1]?.text ?? ''}"`, (tokens[1]?.at ?? 0) + 1);
  const reader = new OptionReader(tokens, 4);
  if (reader.takeWord('to') === undefined) reader.refuse();
  const { bucket, key: prefix } = parseS3Address(reader.takeString());
  const command = {
    ...{ select: select.value, bucket, prefix, role: '', delimiter: '|', addsQuotes: false, escapes: false },
    ...{ nullText: '', hasHeader: false, compression: 'none', hasManifest: false, isVerbose: false },
    ...{ overwrites: false, cleansPath: false, isParallel: true, maxFileSize: 6.2 * 1024 * MEBIBYTE },
    extension: undefined,
  } as Writable<UnloadCommand>;
  while (!reader.isAtEnd) takeOption(reader, command);
  if (command.role === '') throw new DatabaseFault('XX000', NO_CREDENTIALS);
  if (command.overwrites && command.cleansPath)
    throw new DatabaseFault('42601', 'CLEANPATH and ALLOWOVERWRITE options are mutually exclusive');
  return command;
}

function takeOption(reader: OptionReader, command: Writable<UnloadCommand>): void {
  const word = reader.takeWord(...KNOWN) ?? reader.refuse();
  switch (word) {
    case 'iam_role':
      command.role = reader.takeRole();
      break;
    case 'delimiter':
      command.delimiter = reader.takeString();
      break;
    case 'addquotes':
      command.addsQuotes = true;
      break;
    case 'escape':
      command.escapes = true;
      break;
    case 'null':
      command.nullText = reader.takeString();
      break;
    case 'header':
      command.hasHeader = true;
      break;
    case 'gzip':
    case 'zstd':
      command.compression = word;
      break;
    case 'manifest':
      command.hasManifest = true;
      command.isVerbose = reader.takeWord('verbose') !== undefined;
      break;
    case 'allowoverwrite':
      command.overwrites = true;
      break;
    case 'cleanpath':
      command.cleansPath = true;
      break;
    case 'parallel':
      command.isParallel = reader.takeSwitch();
      break;
    case 'maxfilesize':
      command.maxFileSize = takeSize(reader);
      break;
    case 'extension':
      command.extension = reader.takeString();
      break;
    case 'region':
      reader.takeString();
      break;
    default:
      throw new DatabaseFault('0A000', `the simulator does not know the option ${word.toUpperCase()} of UNLOAD`);
  }
}

function takeSize(reader: OptionReader): number {
  reader.takeWord('as');
  const size = reader.takeNumber();
  const bytes = reader.takeWord('mb', 'gb') === 'gb' ? size * 1024 * MEBIBYTE : size * MEBIBYTE;
  if (bytes < 5 * MEBIBYTE || bytes > 6.2 * 1024 * MEBIBYTE)
    throw new DatabaseFault('22023', 'MAXFILESIZE must be between 5 MB and 6.2 GB');
  return bytes;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
