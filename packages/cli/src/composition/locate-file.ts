import { dirname, relative, resolve, sep } from 'node:path';
import { FilesystemLandingZone } from '@weir/adapters-local/filesystem';
import type { LandingZone } from '@weir/core';
import { awsSettingsOf } from '../config/aws-settings.ts';
import { isS3Place } from '../ingest/is-s3-place.ts';
import type { Session } from '../session.ts';

export interface LocatedFile {
  readonly landing: LandingZone;
  /** Of the file below the landing place. */
  readonly key: string;
}

/**
 * Any file as one of a landing place. That lies above the hive path where there is one, so that the key tells the day.
 *
 * @param file a path, or `s3://bucket/key`
 */
export async function locateFile(file: string, session: Pick<Session, 'cwd' | 'configuration'>): Promise<LocatedFile> {
  if (isS3Place(file)) return await locateObject(file, session);
  const path = resolve(session.cwd, file);
  const folder = landingFolderOf(path);
  return { landing: new FilesystemLandingZone(folder), key: relative(folder, path).split(sep).join('/') };
}

async function locateObject(file: string, session: Pick<Session, 'configuration'>): Promise<LocatedFile> {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/*(.*)$/su.exec(file) ?? [];
  const { createS3Places } = await import('./create-s3-places.ts');
  const places = { landing: `s3://${bucket}`, archive: undefined, quarantine: undefined };
  const { landing } = await createS3Places({ ...places, aws: awsSettingsOf(session) });
  return { landing, key };
}

function landingFolderOf(file: string): string {
  const parts = dirname(file).split(sep);
  const year = parts.findIndex((part) => /^year=\d{4}$/.test(part));
  return year < 0 ? dirname(file) : parts.slice(0, year).join(sep) || sep;
}
