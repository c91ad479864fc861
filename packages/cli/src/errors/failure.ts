import { printable } from '@weir/core/text';
import { EXIT_CODE, SIGNAL_EXIT_CODE } from '../exit-code.ts';
import { InterruptedError } from '../interrupt/interruption.ts';
import { CommandError } from './command-error.ts';
import { maskSecrets } from './mask-secrets.ts';
import { systemFailure } from './system-failure.ts';

/** A failure as it is told, on a terminal and as JSON. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  /** The same for people. */
  readonly lines: readonly string[];
  readonly remedy: string | undefined;
  readonly exitCode: number;
  readonly document: Readonly<Record<string, unknown>>;
}

/** Errors of other packages are known by their shape: importing their classes would slow down every start. */
export function describeFailure(error: unknown): Failure {
  const { code, message: said, remedy, exitCode = EXIT_CODE.failed, document = {} } = recognise(error);
  const message = maskSecrets(said);
  return {
    code,
    message,
    // Names of files of others stand in sentences: a line break in one of them must not begin a line that we seem to say.
    lines: isList(error, code) ? message.split('\n').map(printable) : [printable(message)],
    remedy,
    exitCode,
    document,
  };
}

function isList(error: unknown, code: string): boolean {
  return error instanceof CommandError || code === 'dimensions.refused' || code === 'config.invalid';
}

type Recognised = Pick<Failure, 'code' | 'message' | 'remedy'> & Partial<Failure>;

function recognise(error: unknown): Recognised {
  if (error instanceof CommandError) return error;
  if (error instanceof InterruptedError) {
    const { message, remedy, signal } = error;
    return { code: 'interrupted', message, remedy, exitCode: SIGNAL_EXIT_CODE[signal] };
  }
  if (!(error instanceof Error)) return unexpected(String(error));
  if (error.name === 'ConfigError') return configFailure(error as ConfigFault);
  if (error.name === 'PortError') return error as unknown as Recognised;
  if (error.name === 'DatagenError') return datagenFailure(error as DatagenFault);
  return systemFailure(error) ?? unexpected(error.message);
}

type ConfigFault = Error & { code: string; remedy: string; problems: readonly unknown[]; place: object | undefined };

function configFailure({ code, message, remedy, problems, place }: ConfigFault): Recognised {
  const document = { ...place, ...(problems.length > 0 ? { problems } : {}) };
  return { code, message, remedy, exitCode: EXIT_CODE.usage, document };
}

type DatagenFault = Error & { code: string; what: string; where: string; why: string; remedy: string };

function datagenFailure({ code, what, where, why, remedy }: DatagenFault): Recognised {
  const isUsage = code === 'datagen.wrong-option' || code === 'datagen.folder-in-use';
  const exitCode = isUsage ? EXIT_CODE.usage : EXIT_CODE.failed;
  return { code, message: `${what} (${where}): ${why}.`, remedy, exitCode };
}

function unexpected(message: string): Recognised {
  return {
    code: 'internal',
    message: `Something went wrong that Weir does not know: ${message}`,
    remedy: 'Run it again with WEIR_DEBUG=1 to see where, and please report that.',
  };
}
