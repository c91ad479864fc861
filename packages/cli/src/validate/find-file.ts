import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isPortError, type LandedFile, type LandingZone } from '@weir/core';
import { locateFile } from '../composition/locate-file.ts';
import type { Session } from '../session.ts';
import type { ValidationResult } from './validation-result.ts';

export type FoundFile = { readonly file: string } & (
  | { readonly landing: LandingZone; readonly landed: LandedFile; readonly problem?: undefined }
  | { readonly landed?: undefined; readonly problem: NonNullable<ValidationResult['problem']> }
);

/** One that is not there does not keep the others from being validated. */
export async function findFile(file: string, session: Session): Promise<FoundFile> {
  try {
    const { landing, key } = await locateFile(file, session);
    const landed = await landing.find(key);
    return landed === undefined ? { file, problem: await notFound(file, session.cwd) } : { file, landing, landed };
  } catch (error) {
    if (!isPortError(error)) throw error;
    const { code, message, remedy } = error;
    return { file, problem: { code, message, remedy } };
  }
}

async function notFound(file: string, cwd: string) {
  if ((await stat(resolve(cwd, file)).catch(() => undefined))?.isDirectory()) {
    return { code: 'validate.not-found', message: `${file} is a folder.`, remedy: 'Name the files in it.' };
  }
  return {
    code: 'validate.not-found',
    message: `There is no file ${file}.`,
    remedy: 'Correct the path. Names that start with . or _ or end with .tmp or .part are taken for unfinished files.',
  };
}
