import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPrograms } from './build-programs.ts';
import type { JobEnd, JobToRun, RunJob } from './run-job.ts';
import { linkSpark, type SparkCommandOptions, sparkCommand } from './spark-command.ts';

export interface SparkOptions extends SparkCommandOptions {
  /** The folder of job.mjs and worker.mjs; the bundles of this checkout where it is left out. */
  readonly code?: string;
  /** Told the folder of a run, below which every executor and every worker works. */
  readonly onFolder?: ((folder: string) => void) | undefined;
  /** Told everything that the driver and Spark log. */
  readonly onLog?: ((text: string) => void) | undefined;
}

const SCRIPTS = fileURLToPath(new URL('../../../../scripts/', import.meta.url));

/** What this machine lacks to run Spark, in words; empty where it lacks nothing. */
export function missingForSpark(): string {
  return execFileSync(join(SCRIPTS, 'spark-environment.sh'), ['missing'], { encoding: 'utf8' }).trim();
}

/** Runs the job as on Glue: the real driver on a real Spark, with executors in processes of their own. */
export function runOnSpark(options: SparkOptions): RunJob {
  return async (job) => {
    const python = execFileSync(join(SCRIPTS, 'spark-environment.sh'), { encoding: 'utf8' }).trim();
    const code = options.code ?? (await buildPrograms());
    const folder = await mkdtemp(join(tmpdir(), 'weir-spark-'));
    try {
      await linkSpark(python, folder);
      options.onFolder?.(folder);
      return await drive(python, code, folder, job, options);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  };
}

async function drive(
  python: string,
  code: string,
  folder: string,
  job: JobToRun,
  options: SparkOptions,
): Promise<JobEnd> {
  const named = { ...job.arguments, '--JOB_NAME': job.jobName, '--JOB_RUN_ID': job.jobRunId, '--weir-code': code };
  const { program, args, cwd, env } = sparkCommand(python, folder, named, options);
  const child = spawn(program, args, {
    cwd,
    // A group of its own: with the driver end the Java it started, its executors and their workers.
    detached: true,
    env: {
      PATH: process.env.PATH,
      ...(process.env.JAVA_HOME === undefined ? {} : { JAVA_HOME: process.env.JAVA_HOME }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => killGroup(child.pid);
  job.signal.addEventListener('abort', stop, { once: true });
  if (job.signal.aborted) stop();
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-LOG_CHARACTERS);
      options.onLog?.(text);
    });
  }
  try {
    const [exitCode, killedBy] = (await once(child, 'close')) as [number | null, string | null];
    if (exitCode === 0) return { state: 'SUCCEEDED' };
    // The driver ends with the job's own message as its last words.
    const message = log.trim().split('\n').at(-1) || `The driver ended with ${killedBy ?? `code ${exitCode}`}.`;
    return { state: 'FAILED', message };
  } finally {
    job.signal.removeEventListener('abort', stop);
    killGroup(child.pid);
  }
}

const LOG_CHARACTERS = 20_000;

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
