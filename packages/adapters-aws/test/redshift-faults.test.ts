import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { Backoff } from '../src/redshift/backoff.ts';
import { DataApiCalls } from '../src/redshift/data-api-calls.ts';
import { DataApiFault, type DataApiFaultValues, isPassing, toCallFault } from '../src/redshift/data-api-fault.ts';
import { requireWithinLimits } from '../src/redshift/data-api-limits.ts';
import { failedCheck, toPortError } from '../src/redshift/redshift-error.ts';

const sdkError = (name: string, status: number | undefined, message = '', code = '') =>
  Object.assign(new Error(message), { name, code, $metadata: { httpStatusCode: status } });

describe('an exception of the Data API', () => {
  test.each([
    ['ValidationException', 400, 'refused', false],
    ['AccessDeniedException', 400, 'refused', false],
    ['ThrottlingException', 400, 'refused', true],
    ['ActiveStatementsExceededException', 400, 'refused', true],
    ['ActiveSessionsExceededException', 400, 'refused', true],
    ['InternalServerException', 500, 'unanswered', true],
    ['BatchExecuteStatementException', 500, 'unanswered', true],
    ['TimeoutError', undefined, 'unanswered', true],
    ['TypeError', undefined, 'refused', false],
  ] as const)('%s with status %s: %s, passing: %s', (name, status, phase, isTransient) => {
    expect(toCallFault(sdkError(name, status))).toMatchObject({ phase, isTransient });
  });

  test.each(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'UND_ERR_SOCKET'])(
    'is no answer where the connection broke with %s',
    (code) => {
      expect(toCallFault(sdkError('Error', undefined, '', code))).toMatchObject({ phase: 'unanswered' });
    },
  );

  test.each(['Cluster is paused', 'The workgroup is resuming', 'is not available', 'is being modified'])(
    'passes where it says: %s',
    (words) => {
      expect(toCallFault(sdkError('ValidationException', 400, words)).isTransient).toBe(true);
    },
  );
});

test.each([
  ['ERROR: 1023 DETAIL: Serializable isolation violation on table', true],
  ['ERROR: deadlock detected', true],
  ['S3ServiceException: Please reduce your request rate., Status 503, Error SlowDown', true],
  ['Query cancelled', true],
  ["Query cancelled on user's request", false],
  ['ERROR: syntax error at or near "SELEC"', false],
  ['ERROR: permission denied for relation fact_transactions', false],
  ['ERROR: relation "fact_transactions" does not exist', false],
  ['ERROR: Cannot insert a NULL value into column counts_match', false],
  ['ERROR: value too long for type character varying(64), id 11023', false],
])('%s: passing: %s', (words, passes) => {
  expect(isPassing(words)).toBe(passes);
});

describe('the words of Redshift', () => {
  const translate = (words: string, values: Partial<DataApiFaultValues> = {}) =>
    toPortError(new DataApiFault({ phase: 'failed', isTransient: false, words, ...values }), {
      doing: 'testing',
      location: 'weir/dev',
    });

  test.each([
    ['ERROR: 1023 DETAIL: Serializable isolation violation on table - 1', 'warehouse.conflict', true],
    ['ERROR: relation "ingest_run" does not exist', 'warehouse.not-initialised', false],
    ['ERROR: 1018 DETAIL: Relation does not exist', 'warehouse.unreachable', true],
    ['ERROR: permission denied for relation ingest_run', 'warehouse.permission-denied', false],
    [
      'ERROR: User weir_app does not have ASSUMEROLE permission on IAM role "r" for COPY',
      'warehouse.permission-denied',
      false,
    ],
    ['ERROR: FATAL: password authentication failed for user "weir_app"', 'warehouse.login-refused', false],
    ['AccessDeniedException: User is not authorized to perform this', 'warehouse.permission-denied', false],
    ['FATAL: password authentication failed for user "x"', 'warehouse.login-refused', false],
    ['FATAL: database "nope" does not exist', 'warehouse.database-unknown', false],
    ["Redshift endpoint doesn't exist in this region.", 'warehouse.address-invalid', false],
    ['ERROR: Disk Full', 'warehouse.disk-full', false],
    ["ABORTED Query cancelled on user's request", 'warehouse.timeout', true],
    ['ThrottlingException: Rate exceeded', 'warehouse.busy', true],
    ["The specified S3 prefix 'a' does not exist", 'warehouse.stage-damaged', undefined],
    ["Load into table 'stage_row' failed. Check 'sys_load_error_detail'", 'warehouse.value-refused', false],
    ['ERROR: Cannot insert a NULL value into column run_is_new', 'warehouse.run-exists', false],
    ['ERROR: Cannot insert a NULL value into column keys_are_unique', 'warehouse.conflict', undefined],
    ['ERROR: Cannot insert a NULL value into column customer_id', 'warehouse.value-refused', false],
    ['ERROR: something new', 'warehouse.failed', false],
  ])('%s: %s', (words, code, retryable) => {
    const error = translate(words);
    expect(error.code).toBe(code);
    if (retryable !== undefined) expect(error.retryable).toBe(retryable);
  });

  test('are never in the message, which may be logged', () => {
    for (const words of ["value 'jane@example.com' is out of range", "unheard of: 'jane@example.com'"]) {
      const { message, remedy, context, cause } = translate(words);
      expect(JSON.stringify({ message, remedy, context })).not.toContain('jane');
      expect(inspect(cause)).not.toContain('jane');
    }
  });

  test('are in the cause where they name a right or a place that is missing', () => {
    const words = 'ERROR: permission denied for relation ingest_run';
    expect(translate(words).cause).toMatchObject({ message: words });
  });

  test('name a failed check only where it is one of ours', () => {
    const fault = (words: string) => new DataApiFault({ phase: 'failed', isTransient: false, words });
    expect(failedCheck(fault('ERROR: Cannot insert a NULL value into column books_close'))).toBe('books_close');
    expect(failedCheck(fault('ERROR: Cannot insert a NULL value into column price'))).toBeUndefined();
  });
});

describe('the limits of the Data API', () => {
  const statement = (text: string) => ({ name: 'one', text, parameters: [] });

  test.each([
    ['no statement', []],
    ['41 statements', Array(41).fill(statement('SELECT 1'))],
    ['100,001 bytes, which are fewer characters', [statement('é'.repeat(50_001))]],
  ])('refuse %s', (_, statements) => {
    expect(() => requireWithinLimits(statements)).toThrow(
      expect.objectContaining({ code: 'warehouse.statement-too-large' }),
    );
  });

  test('take 40 statements, and 100,000 bytes', () => {
    expect(() => requireWithinLimits(Array(40).fill(statement('x'.repeat(100_000))))).not.toThrow();
  });
});

describe('a pause between tries', () => {
  const pausesOf = async (random: number, tries: number) => {
    const slept: number[] = [];
    const backoff = new Backoff({ sleep: async (milliseconds) => void slept.push(milliseconds), random: () => random });
    for (let n = 1; n <= tries; n++) await backoff.pause(n);
    return slept;
  };

  test('doubles, up to a bound', async () => {
    expect(await pausesOf(1, 8)).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  test('is by chance up to half as long', async () => {
    expect(await pausesOf(0, 3)).toEqual([125, 250, 500]);
  });
});

describe('a call of the Data API', () => {
  const callWith = async (errors: readonly (Error | undefined)[], tries = 3) => {
    let sent = 0;
    const calls = new DataApiCalls({ client: {} as never, tries, sleep: async () => undefined });
    const outcome = await calls
      .call(async () => {
        const error = errors[sent++];
        if (error !== undefined) throw error;
        return 'done';
      })
      .catch((error) => error);
    return { sent, outcome };
  };
  const throttled = sdkError('ThrottlingException', 400);
  const lost = sdkError('InternalServerException', 500);

  test('is repeated while its fault may pass', async () => {
    expect(await callWith([throttled, lost, undefined])).toEqual({ sent: 3, outcome: 'done' });
  });

  test('is not repeated where it was refused for good', async () => {
    const { sent, outcome } = await callWith([sdkError('ValidationException', 400)]);
    expect(sent).toBe(1);
    expect(outcome).toMatchObject({ phase: 'refused' });
  });

  test('counts as unanswered once one try may have got through, whatever later ones say', async () => {
    const { sent, outcome } = await callWith([lost, throttled, throttled]);
    expect(sent).toBe(3);
    expect(outcome).toMatchObject({ phase: 'unanswered' });
    const refused = await callWith([lost, sdkError('ValidationException', 400)]);
    expect(refused.outcome).toMatchObject({ phase: 'unanswered' });
  });
});
