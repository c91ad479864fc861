export interface DataApiFaultValues {
  /**
   * `refused`: the API did not take the statements, so nothing ran. `failed`: the database says that they failed; whether
   * they were committed all the same is for the caller to find out. `unanswered`: it is not known whether they run.
   */
  readonly phase: 'refused' | 'failed' | 'unanswered';
  /** Whether trying again soon may help, without anybody's doing. */
  readonly isTransient: boolean;
  /** The server's words. They may hold values of rows, so that they never go into a message of ours, nor into a log. */
  readonly words: string;
  /** Name of the API's exception, or empty. */
  readonly exception?: string;
  /** Name of the statement of a batch that failed, where that is known. */
  readonly statement?: string | undefined;
  /** Redshift's own id of the query that failed. */
  readonly queryId?: number | undefined;
  readonly cause?: unknown;
}

/** A call of the Data API that did not end well. */
export class DataApiFault extends Error {
  readonly values: DataApiFaultValues;

  constructor(values: DataApiFaultValues) {
    super(values.words, values.cause === undefined ? undefined : { cause: values.cause });
    this.values = values;
  }

  get phase(): DataApiFaultValues['phase'] {
    return this.values.phase;
  }

  get isTransient(): boolean {
    return this.values.isTransient;
  }

  get statement(): string | undefined {
    return this.values.statement;
  }

  /** Fit for a log whatever the server quoted. */
  withoutWords(): DataApiFault {
    const words = 'The words of Redshift may hold values of rows and are not repeated.';
    return new DataApiFault({ ...this.values, words, cause: undefined });
  }

  asUnanswered(): DataApiFault {
    return new DataApiFault({ ...this.values, phase: 'unanswered' });
  }
}

/** What the SDK threw. */
export function toCallFault(error: unknown): DataApiFault {
  if (error instanceof DataApiFault) return error;
  const { name = '', message = '', code = '', $metadata } = error as SdkError;
  const status = $metadata?.httpStatusCode ?? 0;
  const isAnswer = status >= 400 && status < 500;
  const isLost = !isAnswer && (status >= 500 || LOST.test(`${name} ${code}`));
  return new DataApiFault({
    phase: isLost ? 'unanswered' : 'refused',
    isTransient: isLost || (isAnswer && (PASSING_EXCEPTIONS.has(name) || WAKING_UP.test(message))),
    words: `${name}: ${message}`,
    exception: name,
    cause: error,
  });
}

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const LOST =
  /TimeoutError|NetworkingError|AbortError|ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_STREAM_PREMATURE_CLOSE|UND_ERR/;
const PASSING_EXCEPTIONS = new Set([
  'ActiveSessionsExceededException',
  'ActiveStatementsExceededException',
  'ActiveWaitingRequestsExceededException',
  'RequestTimeout',
  'ThrottlingException',
  'TooManyRequestsException',
]);
/** A workgroup or a cluster that sleeps, wakes up or is being changed. */
const WAKING_UP = /\b(resuming|paus(ed|ing)|waking|starting up|not (currently )?available|being modified)\b/i;

/** Whether the database will take the same statements later: another transaction came first, or the server wakes up. */
export function isPassing(words: string): boolean {
  return PASSING.some((pattern) => pattern.test(words));
}

const PASSING = [
  /\b1023\b|serializable isolation violation/i,
  // A table that was created after the transaction's snapshot.
  /\b1018\b.*relation does not exist/is,
  /deadlock detected|could not serialize|concurrent (transaction|update)/i,
  /too many (connections|clients)|connection limit/i,
  /i\/o error|connection (was |has been |attempt )?(reset|refused|closed|lost|failed)|communications? link failure/i,
  /terminating connection|server closed the connection|system is (starting up|shutting down)/i,
  // The first query that an idle workgroup wakes up for is now and then cancelled, by nobody (SQLSTATE 57014).
  /\bquery cancelled\.?\s*$/i,
  /SlowDown|503 Service Unavailable/i,
];
