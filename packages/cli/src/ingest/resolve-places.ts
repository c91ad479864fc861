import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type AwsSettings, awsSettingsOf } from '../config/aws-settings.ts';
import { usageError } from '../errors/command-error.ts';
import type { Session } from '../session.ts';
import { choosePlaces, type PlaceNames } from './choose-places.ts';
import { isS3Place } from './is-s3-place.ts';

/** Absolute paths, or addresses that begin with `s3://`. */
export interface Places {
  readonly landing: string;
  readonly archive: string | undefined;
  readonly quarantine: string | undefined;
  /** For those in S3. */
  readonly aws?: AwsSettings | undefined;
}

/**
 * @throws CommandError `usage.missing-option`, `usage.places-mixed`, `usage.place-not-a-bucket`; `usage.places-overlap`: a file that is taken away would
 * land again
 */
export async function resolvePlaces(
  names: PlaceNames,
  session: Pick<Session, 'cwd' | 'configuration'>,
): Promise<Places> {
  const { landing, archive, quarantine } = choosePlaces(names, session);
  if (landing === undefined) throw noLanding();
  const places = { landing: landing.value, archive: archive?.value, quarantine: quarantine?.value };
  const named = Object.entries(places).filter((entry): entry is [string, string] => entry[1] !== undefined);
  refuseMixed(named);
  refuseWrongBuckets(named);
  const real = await Promise.all(named.map(async ([name, path]) => [name, await realOf(path)] as const));
  for (const [name, path] of real) {
    for (const [other, outer] of real) {
      if (name !== other && isInside(path, outer)) throw overlap(name, other, path, outer);
    }
  }
  return { ...places, aws: awsSettingsOf(session) };
}

/** Also of a folder that is yet to be made: links above it count. */
async function realOf(path: string): Promise<string> {
  if (isS3Place(path)) return path.replace(/\/*$/, '/');
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realOf(parent), basename(path));
  }
}

function isInside(path: string, outer: string): boolean {
  // Files are taken to a bucket as a whole: two places in one would be mixed.
  if (isS3Place(path)) return bucketOf(path) === bucketOf(outer);
  const way = relative(outer, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(outer, way) === path);
}

const BUCKET = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/|$)/;

function bucketOf(place: string): string | undefined {
  return /^s3:\/\/[^/]+/.exec(place)?.[0];
}

function noLanding() {
  return usageError({
    code: 'usage.missing-option',
    message: "Required option '--landing <place>' not specified, and no configuration names a landing place.",
    remedy: 'Say where files land with --landing, or write "landing" in weir.config.json.',
  });
}

/** S3 copies within S3 only. */
function refuseMixed(named: readonly (readonly [string, string])[]): void {
  const [other] = named.filter(([, place]) => isS3Place(place) !== isS3Place(named[0]![1]));
  if (other === undefined) return;
  throw usageError({
    code: 'usage.places-mixed',
    message: `The landing place is ${named[0]![1]}, but the ${other[0]} is ${other[1]}: files are not moved between S3 and folders.`,
    remedy: `Name a place for the ${other[0]} of the same kind, or leave it out.`,
  });
}

/** Files keep their paths in a bucket, so that an archive is read as it was filled. */
function refuseWrongBuckets(named: readonly (readonly [string, string])[]): void {
  const misspelt = named.find(([, place]) => isS3Place(place) && !BUCKET.test(place));
  if (misspelt !== undefined) {
    throw usageError({
      code: 'usage.place-not-a-bucket',
      message: `The ${misspelt[0]} ${misspelt[1]} names no bucket: that is 3 to 63 small letters, digits, - and .`,
      remedy: 'Write it as s3://bucket.',
    });
  }
  const found = named.find(([name, place]) => name !== 'landing' && /^s3:\/\/[^/]+\/+[^/]/.test(place));
  if (found === undefined) return;
  const [name, place] = found;
  throw usageError({
    code: 'usage.place-not-a-bucket',
    message: `The ${name} ${place} is a folder of a bucket, but files are taken to a bucket as a whole: they keep their paths.`,
    remedy: `Name a bucket of its own for the ${name}: ${bucketOf(place)}.`,
  });
}

function overlap(name: string, other: string, path: string, outer: string) {
  if (isS3Place(path)) {
    return usageError({
      code: 'usage.places-overlap',
      message: `The places ${name} (${path}) and ${other} (${outer}) are in one bucket: files would be taken up twice or mixed.`,
      remedy: `Name another bucket for the ${name === 'landing' ? other : name}.`,
    });
  }
  const relation = path === outer ? 'the same folder as' : 'inside of';
  return usageError({
    code: 'usage.places-overlap',
    message: `The folder of --${name} (${path}) is ${relation} that of --${other} (${outer}): files would be taken up twice or mixed.`,
    remedy: `Name a --${name} folder beside the --${other} folder.`,
  });
}
