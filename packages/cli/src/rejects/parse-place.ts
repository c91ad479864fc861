import { usageError } from '../errors/command-error.ts';

export interface PlaceArguments {
  /** `FILE:LINE`. */
  readonly place?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/** @throws CommandError `usage.missing-argument`, `usage.invalid-argument` */
export function parsePlace({ place, file, line }: PlaceArguments): { readonly file: string; readonly line: number } {
  if (place === undefined) {
    if (file !== undefined && line !== undefined) return { file, line };
    throw usageError({
      code: 'usage.missing-argument',
      message: 'Which row is not said: FILE:LINE is needed, or both --file and --line.',
      remedy: 'weir rejects list shows where rejected rows stand.',
    });
  }
  const [, name, number] = /^(.+):(\d{1,15})$/s.exec(place) ?? [];
  if (name !== undefined && file === undefined && line === undefined) return { file: name, line: Number(number) };
  throw usageError({
    code: 'usage.invalid-argument',
    message:
      name === undefined
        ? `${JSON.stringify(place)} is no place: it does not end with a colon and a line.`
        : `${JSON.stringify(place)} says which row already: neither --file nor --line goes with it.`,
    remedy: 'Write FILE:LINE, such as transactions_2023-03-15.csv:17.',
  });
}
