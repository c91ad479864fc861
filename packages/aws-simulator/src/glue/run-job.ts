import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatorContext } from '../server/simulator-context.ts';
import type { GlueJobDefinition, GlueOptions, GlueOutcome, JobRun, JobRunState } from './glue-job.ts';

/** Real milliseconds after which a run counts as over though its runner does not heed the signal. */
const GRACE_MS = 5000;
const SECONDS_A_MINUTE = 60;

type End = { readonly state: JobRunState; readonly message: string; readonly severity: string };

/** Takes a run from STARTING to its end, and tells EventBridge of the end. */
export async function runJob(
  run: JobRun,
  job: GlueJobDefinition,
  context: SimulatorContext,
  { startMs = 5 }: GlueOptions,
): Promise<void> {
  await sleep(startMs);
  if (run.state === 'STARTING') mark(run, 'RUNNING', context);
  const { state, message, severity } = await endOf(run, job, context);
  run.completedAt = context.now().getTime();
  run.message = state === 'SUCCEEDED' || state === 'STOPPED' ? undefined : message;
  mark(run, state, context);
  context.events.publish({
    source: 'aws.glue',
    'detail-type': 'Glue Job State Change',
    detail: { jobName: run.jobName, severity, state, jobRunId: run.id, message },
    // The id of a run is another one each time; what it was started for is not.
    identity: JSON.stringify([run.jobName, state, Object.entries(run.arguments).sort()]),
  });
}

async function endOf(run: JobRun, job: GlueJobDefinition, context: SimulatorContext): Promise<End> {
  const { signal } = run.abort;
  if (run.state === 'STOPPING') return STOPPED;
  const work = runRunner(run, job);
  const isTimedOut = await exceeds(work, run.timeout * SECONDS_A_MINUTE * context.secondMs, signal);
  if (isTimedOut) run.abort.abort(new Error('The job run took too long.'));
  if (signal.aborted) await Promise.race([work, sleep(GRACE_MS, undefined, { ref: false })]);
  if (isTimedOut) return { state: 'TIMEOUT', severity: 'WARN', message: 'Job run timed out' };
  if (signal.aborted) return STOPPED;
  const outcome = await work;
  if (outcome.state === 'FAILED') return { state: 'FAILED', severity: 'ERROR', message: outcome.message };
  return { state: 'SUCCEEDED', severity: 'INFO', message: 'Job run succeeded' };
}

const STOPPED: End = { state: 'STOPPED', severity: 'INFO', message: 'Job run stopped' };

async function runRunner(
  { jobName, id, arguments: given, abort }: JobRun,
  job: GlueJobDefinition,
): Promise<GlueOutcome> {
  try {
    return await job.runner({
      jobName,
      jobRunId: id,
      arguments: { ...job.defaultArguments, ...given },
      signal: abort.signal,
    });
  } catch (error) {
    return { state: 'FAILED', message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** Whether the work is still under way after so many milliseconds; false too where it was stopped meanwhile. */
async function exceeds(work: Promise<unknown>, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(!signal.aborted), Math.min(milliseconds, 2 ** 31 - 1));
    timer.unref();
  });
  const stopped = new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(false)));
  try {
    return await Promise.race([work.then(() => false), timeout, stopped]);
  } finally {
    clearTimeout(timer);
  }
}

function mark(run: JobRun, state: JobRunState, context: SimulatorContext): void {
  run.state = state;
  run.modifiedAt = context.now().getTime();
}
