import { PortError, type PortFault } from '@weir/core';
import { CHECK_FAULTS } from '@weir/warehouse-sql';
import type { DataApiFault } from './data-api-fault.ts';

/** What a fault is about, for its sentence. */
export interface FaultSetting {
  /** What was being done, such as `reading dim_products`. */
  readonly doing: string;
  /** `workgroup/database`. */
  readonly location: string;
}

/**
 * The one place where faults of the Data API and of Redshift are told apart. The server's words are never in the message, and in
 * the cause only where they cannot hold values of rows: causes are logged.
 */
export function toPortError(fault: DataApiFault, setting: FaultSetting): PortError {
  const described = describe(fault, setting);
  const { statement, queryId, exception } = fault.values;
  return new PortError({
    ...described,
    context: {
      location: setting.location,
      ...(statement === undefined ? {} : { statement }),
      ...(queryId === undefined ? {} : { queryId }),
      ...(exception === undefined || exception === '' ? {} : { exception }),
      ...described.context,
    },
    cause: MAY_QUOTE_VALUES.has(described.code) ? fault.withoutWords() : fault,
  });
}

/** Codes of faults about values, or about nobody knows what. */
const MAY_QUOTE_VALUES = new Set([
  'warehouse.value-refused',
  'warehouse.failed',
  ...Object.values(CHECK_FAULTS).map(({ code }) => code),
]);

type Description = Omit<PortFault, 'cause'>;
type Describe = (setting: FaultSetting) => Description;

function describe(fault: DataApiFault, setting: FaultSetting): Description {
  const check = failedCheck(fault);
  if (check !== undefined) return CHECK_FAULTS[check]!;
  const found = BY_WORDS.find(([pattern]) => pattern.test(fault.message));
  if (found !== undefined) return found[1](setting);
  if (fault.phase === 'unanswered' || fault.isTransient) return unreachable(setting, 'no-answer');
  return unexpected(setting);
}

/** The column of `stage_check` whose check ended the transaction: a check that fails gives NULL for it. */
export function failedCheck(fault: DataApiFault): string | undefined {
  const column = /null value\s+(?:into|in)\s+column "?(\w+)"?/i.exec(fault.message)?.[1];
  return column !== undefined && column in CHECK_FAULTS ? column : undefined;
}

const SET_UP_MENDS =
  'Password and rights of the user that a deployment made are set again by its set-up: invoke its dimensions function.';

/** The first that fits counts. */
const BY_WORDS: readonly (readonly [RegExp, Describe])[] = [
  [
    /\b1023\b|serializable isolation|deadlock detected|could not serialize|concurrent (transaction|update)/i,
    ({ doing, location }) => ({
      code: 'warehouse.conflict',
      message: `Redshift at ${location} gave this transaction up in favour of another one while ${doing}, again and again.`,
      remedy: 'Try again when less is written to these tables.',
      retryable: true,
    }),
  ],
  [/\b1018\b.*relation does not exist/is, (setting) => unreachable(setting, 'tables-change')],
  [
    /relation "?[\w.]+"? does not exist|relation .* not found/i,
    ({ doing, location }) => ({
      code: 'warehouse.not-initialised',
      message: `Tables are missing in the database at ${location}, found while ${doing}.`,
      remedy: 'Create them: weir init, or invoke the dimensions function of the deployment.',
    }),
  ],
  [
    /permission denied|does not have \w+ permission|must be owner|AccessDenied|not authorized to perform|UnauthorizedException/i,
    ({ doing, location }) => ({
      code: 'warehouse.permission-denied',
      message: `A right is missing at ${location}, found while ${doing}: of the caller's role on the Data API, of the database user on the tables, or of the COPY role on the staging bucket.`,
      remedy: `Grant the right that the cause of this error names. ${SET_UP_MENDS}`,
    }),
  ],
  [
    /authentication failed|SecretsManager|GetClusterCredentials|GetCredentials|ExpiredToken|UnrecognizedClient|InvalidSignature|CredentialsProvider/i,
    ({ location }) => ({
      code: 'warehouse.login-refused',
      message: `Redshift at ${location} refused the login.`,
      remedy: `Look at the secret, or at the role and its right to get credentials. ${SET_UP_MENDS}`,
    }),
  ],
  [
    /database "?[^"]*"? does not exist/i,
    ({ location }) => ({
      code: 'warehouse.database-unknown',
      message: `There is no such database at ${location}.`,
      remedy: 'Create the database, or correct its name in the configuration.',
    }),
  ],
  [
    /endpoint doesn't exist|(cluster|workgroup)\b.*(not found|does not exist|doesn't exist)/i,
    ({ location }) => ({
      code: 'warehouse.address-invalid',
      message: `There is no such workgroup or cluster: ${location}.`,
      remedy: 'Correct the name or the region in the configuration.',
    }),
  ],
  [
    /disk full|no space left/i,
    ({ doing, location }) => ({
      code: 'warehouse.disk-full',
      message: `Redshift at ${location} has no disk space left, found while ${doing}.`,
      remedy: 'Free space or resize, then run again.',
    }),
  ],
  [
    /^ABORTED|cancell?ed on user|cancell?ed by|statement timeout|QueryTimeoutException/i,
    ({ doing, location }) => ({
      code: 'warehouse.timeout',
      message: `A statement at ${location} was cancelled while ${doing}: it took too long, or somebody cancelled it.`,
      remedy: 'Try again, or allow it more time.',
      retryable: true,
    }),
  ],
  [
    /ThrottlingException|TooManyRequests|Active(Statements|Sessions|WaitingRequests)Exceeded/i,
    ({ doing, location }) => ({
      code: 'warehouse.busy',
      message: `The Data API of ${location} took no more statements while ${doing}; waited in vain.`,
      remedy: 'Try again when less runs.',
      retryable: true,
    }),
  ],
  [
    /mandatory|manifest|prefix '.*' does not exist|specified key does not exist|NoSuchKey/i,
    ({ doing, location }) => ({
      code: 'warehouse.stage-damaged',
      message: `Redshift at ${location} did not find a staged file while ${doing}; nothing was committed.`,
      remedy: 'Run again: the files are staged anew. Look for whatever removes objects of the staging bucket.',
    }),
  ],
  [
    /load into table|stl_load_errors|sys_load_error_detail|value too long|out of range|numeric.*overflow|null value/i,
    ({ doing, location }) => ({
      code: 'warehouse.value-refused',
      message: `Redshift at ${location} refused a value while ${doing}; nothing was committed.`,
      remedy: 'This is a fault of the transform, which lets only fitting values pass: report it.',
    }),
  ],
];

function unreachable({ doing, location }: FaultSetting, reason: string): Description {
  return {
    code: 'warehouse.unreachable',
    message: `Redshift at ${location} did not answer while ${doing}, or was not ready in time.`,
    remedy: 'Try again.',
    retryable: true,
    context: { reason },
  };
}

function unexpected({ doing, location }: FaultSetting): Description {
  return {
    code: 'warehouse.failed',
    message: `Redshift at ${location} reported an unexpected fault while ${doing}.`,
    remedy: 'Look at the statement in the console of Redshift, which has its words.',
  };
}
