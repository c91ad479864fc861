import { DatabaseFault } from '../database/database-fault.ts';
import { type ReadOption, readOptions, SHARED_OPTIONS } from './read-options.ts';
import { OptionReader, parseS3Address } from './s3-options.ts';
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

/** @throws DatabaseFault for what Redshift refuses, and for what the simulator does not do */
export function parseUnload(tokens: readonly Token[]): UnloadCommand {
  const close = closingOf(tokens, 1);
  const select = tokens[2];
  if (!isSymbol(tokens[1], '(') || select?.kind !== 'string' || close !== 3)
    throw new DatabaseFault('42601', `syntax error at or near "${tokens[1]?.text ?? ''}"`, (tokens[1]?.at ?? 0) + 1);
  const reader = new OptionReader(tokens, 4);
  if (reader.takeWord('to') === undefined) reader.refuse();
  const { bucket, key: prefix } = parseS3Address(reader.takeString());
  const defaults: UnloadCommand = {
    ...{ select: select.value, bucket, prefix, role: '', delimiter: '|', addsQuotes: false, escapes: false },
    ...{ nullText: '', hasHeader: false, compression: 'none', hasManifest: false, isVerbose: false },
    ...{ overwrites: false, cleansPath: false, isParallel: true, maxFileSize: 6.2 * 1024 * MEBIBYTE },
    extension: undefined,
  };
  const command = readOptions('UNLOAD', defaults, reader, OPTIONS, NOT_SIMULATED);
  if (command.overwrites && command.cleansPath)
    throw new DatabaseFault('42601', 'CLEANPATH and ALLOWOVERWRITE options are mutually exclusive');
  return command;
}

const OPTIONS: Readonly<Record<string, ReadOption<UnloadCommand>>> = {
  ...SHARED_OPTIONS,
  delimiter: (reader) => ({ delimiter: reader.takeString() }),
  addquotes: () => ({ addsQuotes: true }),
  header: () => ({ hasHeader: true }),
  manifest: (reader) => ({ hasManifest: true, isVerbose: reader.takeWord('verbose') !== undefined }),
  allowoverwrite: () => ({ overwrites: true }),
  cleanpath: () => ({ cleansPath: true }),
  parallel: (reader) => ({ isParallel: reader.takeSwitch() }),
  maxfilesize: (reader) => ({ maxFileSize: takeSize(reader) }),
  extension: (reader) => ({ extension: reader.takeString() }),
  region: (reader) => {
    reader.takeString();
    return {};
  },
};

const NOT_SIMULATED = [
  ...['csv', 'parquet', 'json', 'partition', 'bzip2', 'encrypted', 'kms_key_id', 'fixedwidth', 'credentials'],
  ...['format', 'rowgroupsize'],
];

function takeSize(reader: OptionReader): number {
  const size = reader.takeNumber();
  const bytes = reader.takeWord('mb', 'gb') === 'gb' ? size * 1024 * MEBIBYTE : size * MEBIBYTE;
  if (bytes < 5 * MEBIBYTE || bytes > 6.2 * 1024 * MEBIBYTE)
    throw new DatabaseFault('22023', 'MAXFILESIZE must be between 5 MB and 6.2 GB');
  return bytes;
}
