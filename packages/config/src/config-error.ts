export interface ConfigProblem {
  /** `policy.amountClasses.0.below`; empty for the whole. */
  readonly key: string;
  readonly message: string;
  /** From 1; undefined where it cannot be told. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export interface ConfigFault {
  readonly code:
    | 'config.unreadable'
    | 'config.not-json'
    | 'config.not-loadable'
    | 'config.invalid'
    | 'config.ambiguous'
    | 'config.unknown-profile'
    | 'config.missing-variable';
  /** Its first line is a sentence, further lines are a list. */
  readonly message: string;
  readonly remedy: string;
  readonly problems?: readonly ConfigProblem[];
  readonly place?: { readonly line: number; readonly column: number };
  readonly cause?: unknown;
}

/** The configuration cannot be used as it is. Never holds a value of it, which may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ConfigFault['code'];
  readonly remedy: string;
  readonly problems: readonly ConfigProblem[];
  /** Of what is no JSON. */
  readonly place: ConfigFault['place'];

  constructor({ code, message, remedy, problems = [], place, cause }: ConfigFault) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.remedy = remedy;
    this.problems = problems;
    this.place = place;
  }
}
