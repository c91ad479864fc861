import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PortError } from '@weir/core';
import type { Workers } from '../transform/workers.ts';
import { buildProgram } from './build-programs.ts';

export interface ProcessWorkerOptions {
  /** What reaches a worker: where AWS is and who asks. */
  readonly environment: Readonly<Record<string, string>>;
  /** Workers at a time; 2 where it is left out. */
  readonly parallelism?: number;
  /** How often a partition is tried; 2 where it is left out. Spark does so 4 times. */
  readonly attempts?: number;
  /** Told of what the programs write to their logs, as it comes. */
  readonly onLog?: ((text: string) => void) | undefined;
  /** Told of every worker that was started. */
  readonly onWorker?: ((worker: StartedWorker) => void) | undefined;
}

export interface StartedWorker {
  readonly partition: number;
  /** From 1. */
  readonly attempt: number;
  readonly process: ChildProcess;
}

/** The worker's program in plain processes, one a partition, as Spark's executors would run it. */
export function processWorkers(options: ProcessWorkerOptions): Workers {
  const { parallelism = 2 } = options;
  return {
    parallelism,
    async run(partitions, signal) {
      const program = await buildProgram('worker');
      const printed: string[][] = [];
      let next = 0;
      const work = async () => {
        for (let partition = next++; partition < partitions.length; partition = next++) {
          printed[partition] = await runPartition(
            { program, partition, lines: partitions[partition]! },
            options,
            signal,
          );
        }
      };
      await Promise.all(Array.from({ length: parallelism }, work));
      return printed.flat();
    },
  };
}

interface Partition {
  readonly program: string;
  readonly partition: number;
  readonly lines: readonly string[];
}

async function runPartition(
  work: Partition,
  options: ProcessWorkerOptions,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    const { printed, problem } = await runWorker(work, attempt, options, signal);
    signal?.throwIfAborted();
    if (problem === undefined) return printed;
    if (attempt >= (options.attempts ?? 2)) {
      throw new PortError({ code: 'job.workers-failed', message: problem, retryable: true });
    }
  }
}

async function runWorker(
  { program, partition, lines }: Partition,
  attempt: number,
  { environment, onLog, onWorker }: ProcessWorkerOptions,
  signal: AbortSignal | undefined,
): Promise<{ readonly printed: string[]; readonly problem: string | undefined }> {
  const child = spawn(process.execPath, [program], { env: { ...environment }, stdio: 'pipe' });
  const stop = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  // One that dies early leaves a broken pipe; its end tells.
  child.stdin.on('error', () => undefined);
  onWorker?.({ partition, attempt, process: child });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
    onLog?.(text);
  });
  const ended = once(child, 'close');
  child.stdin.end(`${lines.join('\n')}\n`);
  const printed: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) printed.push(line);
  const [code, killedBy] = (await ended) as [number | null, string | null];
  signal?.removeEventListener('abort', stop);
  return {
    printed,
    problem: code === 0 ? undefined : `A worker ended with ${killedBy ?? `code ${code}`}. ${log.trim()}`,
  };
}
