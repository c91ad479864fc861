import { DatabaseFault } from '../database/database-fault.ts';
import type { OptionReader } from './s3-options.ts';

/** Reads what follows an option, and tells what it changes in its command. */
export type ReadOption<Command> = (reader: OptionReader) => Partial<Command>;

interface StagedCommand {
  readonly role: string;
  readonly compression: 'none' | 'gzip' | 'zstd';
  readonly escapes: boolean;
  readonly nullText: string;
}

/** The options that COPY and UNLOAD have in common. */
export const SHARED_OPTIONS: Readonly<Record<string, ReadOption<StagedCommand>>> = {
  iam_role: (reader) => ({ role: reader.takeRole() }),
  gzip: () => ({ compression: 'gzip' }),
  zstd: () => ({ compression: 'zstd' }),
  escape: () => ({ escapes: true }),
  null: (reader) => ({ nullText: reader.takeString() }),
};

/**
 * Reads options up to the end of the statement, each as many times as it stands there.
 *
 * @param command as it is without any
 * @throws DatabaseFault for a word that is no option, for an option that the simulator does not know, and where no role is named
 */
export function readOptions<Command extends StagedCommand>(
  name: 'COPY' | 'UNLOAD',
  command: Command,
  reader: OptionReader,
  options: Readonly<Record<string, ReadOption<Command>>>,
  notSimulated: readonly string[],
): Command {
  let read = command;
  while (!reader.isAtEnd) {
    const word = reader.takeWord(...Object.keys(options), ...notSimulated) ?? reader.refuse();
    const readOption = options[word];
    if (readOption === undefined)
      throw new DatabaseFault('0A000', `the simulator does not know the option ${word.toUpperCase()} of ${name}`);
    read = { ...read, ...readOption(reader) };
  }
  if (read.role === '') throw new DatabaseFault('XX000', 'CREDENTIALS argument is required but not found');
  return read;
}
