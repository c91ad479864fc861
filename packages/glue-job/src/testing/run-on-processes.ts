import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type JobMessage, parseJobMessage } from '../protocol/driver-messages.ts';
import { toLine } from '../protocol/to-line.ts';
import { buildProgram } from './build-programs.ts';
import { type ProcessWorkerOptions, processWorkers } from './process-workers.ts';
import type { JobEnd, JobToRun, RunJob } from './run-job.ts';

/** Runs the job on plain processes of this machine, in the place of driver.py: the same programs, the same lines. */
export function runOnProcesses(options: ProcessWorkerOptions): RunJob {
  return async (job) => drive(await buildProgram('job'), job, options);
}

async function drive(program: string, job: JobToRun, options: ProcessWorkerOptions): Promise<JobEnd> {
  const workers = processWorkers(options);
  const child = spawn(
    process.execPath,
    [
      program,
      ...['--run-id', job.arguments['--run-id'] ?? '', '--weir-config', job.arguments['--weir-config'] ?? ''],
      ...['--job-run-id', job.jobRunId, '--parallelism', String(workers.parallelism)],
    ],
    { env: { ...options.environment }, stdio: 'pipe' },
  );
  const stop = () => child.kill('SIGKILL');
  job.signal.addEventListener('abort', stop, { once: true });
  if (job.signal.aborted) stop();
  child.stdin.on('error', () => undefined);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
    options.onLog?.(text);
  });
  const ended = once(child, 'close');
  let end: Extract<JobMessage, { kind: 'end' }> | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const message = parseJobMessage(line);
    if (message.kind === 'end') end = message;
    else for (const answer of await transform(message.partitions)) child.stdin.write(`${toLine(answer)}\n`);
  }
  const [code, killedBy] = (await ended) as [number | null, string | null];
  job.signal.removeEventListener('abort', stop);
  if (end === undefined) {
    const how = killedBy ?? `code ${code}`;
    return { state: 'FAILED', message: `The job's program ended with ${how} and without a last word. ${log.trim()}` };
  }
  return code !== 0 || end.outcome === 'failed' ? { state: 'FAILED', message: end.message } : { state: 'SUCCEEDED' };

  async function transform(partitions: readonly (readonly string[])[]) {
    try {
      const lines = await workers.run(partitions, job.signal);
      return [...lines.map((line) => ({ kind: 'result', line })), { kind: 'done' }];
    } catch (error) {
      return [{ kind: 'failed', message: (error as Error).message }];
    }
  }
}
