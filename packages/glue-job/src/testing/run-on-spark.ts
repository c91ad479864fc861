import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPrograms } from './build-programs.ts';
import type { JobEnd, JobToRun, RunJob } from './run-job.ts';

export interface SparkOptions {
  /** What reaches the programs beside Spark's own: where AWS is and who asks. */
  readonly environment: Readonly<Record<string, string>>;
  /** Two executor processes with a core and 1,024 MB each, where it is left out. */
  readonly master?: string;
  /** Settings of Spark, such as `spark.speculation`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The folder of job.mjs and worker.mjs; the bundles of this checkout where it is left out. */
  readonly code?: string;
  /** Told the folder of a run, below which every executor and every worker works. */
  readonly onFolder?: ((folder: string) => void) | undefined;
  /** Told everything that the driver and Spark log. */
  readonly onLog?: ((text: string) => void) | undefined;
}

const SCRIPTS = fileURLToPath(new URL('../../../../scripts/', import.meta.url));
const DRIVER = fileURLToPath(new URL('../../driver/driver.py', import.meta.url));
const LOCAL_CLUSTER = 'local-cluster[2,1,1024]';

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
      await linkSpark(python, join(folder, 'spark'));
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
  { environment, master = LOCAL_CLUSTER, settings = {}, onLog }: SparkOptions,
): Promise<JobEnd> {
  const named = { ...job.arguments, '--JOB_NAME': job.jobName, '--JOB_RUN_ID': job.jobRunId, '--weir-code': code };
  const child = spawn(python, [DRIVER, ...Object.entries(named).flat()], {
    cwd: folder,
    // A group of its own: with the driver end the Java it started, its executors and their workers.
    detached: true,
    env: {
      PATH: process.env.PATH,
      ...(process.env.JAVA_HOME === undefined ? {} : { JAVA_HOME: process.env.JAVA_HOME }),
      ...environment,
      SPARK_LOCAL_IP: '127.0.0.1',
      SPARK_LOCAL_DIRS: folder,
      SPARK_HOME: join(folder, 'spark'),
      PYSPARK_PYTHON: python,
      PYSPARK_SUBMIT_ARGS: submitArguments(master, settings),
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
      onLog?.(text);
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

/** Executors work, and log, below Spark's home: each run has one of its own. */
async function linkSpark(python: string, home: string): Promise<void> {
  const find = 'import importlib.util; print(importlib.util.find_spec("pyspark").origin)';
  const installed = dirname(execFileSync(python, ['-c', find], { encoding: 'utf8' }).trim());
  await mkdir(home);
  for (const name of await readdir(installed)) {
    if (name !== 'work') await symlink(join(installed, name), join(home, name));
  }
}

function submitArguments(master: string, settings: Readonly<Record<string, string>>): string {
  const all = {
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.driver.host': '127.0.0.1',
    'spark.ui.enabled': 'false',
    'spark.ui.showConsoleProgress': 'false',
    ...settings,
  };
  const pairs = Object.entries(all).flatMap(([name, value]) => ['--conf', `${name}=${value}`]);
  return ['--master', master, ...pairs, 'pyspark-shell'].join(' ');
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
