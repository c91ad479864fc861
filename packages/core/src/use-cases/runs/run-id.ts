import type { LandedFile } from '../../ports/landing-zone.port.ts';
import { compareUtf8 } from '../../rules/version.ts';

export interface AttemptedFile {
  readonly file: LandedFile;
  /** How many runs claimed the file version, the one to be planned among them. */
  readonly attempt: number;
}

const DIGITS = 24;

/** The id of a run: the same set of file versions and attempts gives the same one, in whatever order. */
export async function deriveRunId(files: readonly AttemptedFile[]): Promise<string> {
  const lines = files.map(({ file, attempt }) => JSON.stringify([file.key, file.version, attempt]));
  const text = lines.sort(compareUtf8).join('\n');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `run-${hex.slice(0, DIGITS)}`;
}
