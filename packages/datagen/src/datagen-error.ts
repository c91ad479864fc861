export type DatagenErrorCode = 'datagen.wrong-option' | 'datagen.folder-in-use' | 'datagen.cannot-write';

/** What went wrong, where, why, and what the reader can do about it; the message holds all four. */
export interface Trouble {
  readonly code: DatagenErrorCode;
  readonly what: string;
  readonly where: string;
  readonly why: string;
  readonly remedy: string;
  readonly cause?: unknown;
}

/** Every expected failure of this package. `message` is fit to be shown to a user as it is. */
export class DatagenError extends Error {
  readonly code: DatagenErrorCode;
  readonly what: string;
  readonly where: string;
  readonly why: string;
  readonly remedy: string;

  constructor(trouble: Trouble) {
    super(`${trouble.what} (${trouble.where}): ${trouble.why}. ${trouble.remedy}`, { cause: trouble.cause });
    this.name = 'DatagenError';
    this.code = trouble.code;
    this.what = trouble.what;
    this.where = trouble.where;
    this.why = trouble.why;
    this.remedy = trouble.remedy;
  }
}
