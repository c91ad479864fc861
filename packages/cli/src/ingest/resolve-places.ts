import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { usageError } from '../errors/command-error.ts';

/** Absolute paths. */
export interface Places {
  readonly landing: string;
  readonly archive: string | undefined;
  readonly quarantine: string | undefined;
}

/** @throws CommandError `usage.places-overlap`: a file that is taken away would land again */
export async function resolvePlaces(
  options: { landing: string; archive?: string | undefined; quarantine?: string | undefined },
  cwd: string,
): Promise<Places> {
  const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(cwd, path));
  const places = { archive: absolute(options.archive), quarantine: absolute(options.quarantine) };
  const landing = resolve(cwd, options.landing);
  const entries = Object.entries({ landing, ...places }).filter((entry) => entry[1] !== undefined);
  const real = await Promise.all(entries.map(async ([name, path]) => [name, await realOf(path!)] as const));
  for (const [name, path] of real) {
    for (const [other, outer] of real) {
      if (name !== other && isInside(path, outer)) throw overlap(name, other, path, outer);
    }
  }
  return { landing, ...places };
}

/** Also of a folder that is yet to be made: links above it count. */
async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realOf(parent), basename(path));
  }
}

function isInside(path: string, outer: string): boolean {
  const way = relative(outer, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(outer, way) === path);
}

function overlap(name: string, other: string, path: string, outer: string) {
  const relation = path === outer ? 'the same folder as' : 'inside of';
  return usageError({
    code: 'usage.places-overlap',
    message: `The folder of --${name} (${path}) is ${relation} that of --${other} (${outer}): files would be taken up twice or mixed.`,
    remedy: `Name a --${name} folder beside the --${other} folder.`,
  });
}
