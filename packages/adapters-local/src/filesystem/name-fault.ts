import { PortError } from '@weir/core';

/** Node shows a name that is not valid UTF-8 with U+FFFD, under which the file cannot be found again. */
export function isMangled(name: string): boolean {
  return name.includes('\ufffd');
}

/** Told of the one file, so that the others are loaded all the same. */
export function toNameFault(path: string): PortError {
  return new PortError({
    code: 'landing.unreadable',
    message: `The name of ${path} is not valid UTF-8, so the file cannot be loaded.`,
    remedy: 'Rename it.',
    context: { path },
  });
}
