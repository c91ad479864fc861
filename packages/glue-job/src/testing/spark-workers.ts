import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PortError } from '@weir/core';
import type { Workers } from '../transform/workers.ts';
import { buildProgram } from './build-programs.ts';
import { runOnSpark, type SparkOptions } from './run-on-spark.ts';

const RELAY = fileURLToPath(new URL('./relay-job.mjs', import.meta.url));

/** The worker's program on Spark's executors, started by the real driver: what it prints comes back to this process. */
export function sparkWorkers(options: Omit<SparkOptions, 'code'>): Workers {
  return {
    parallelism: 2,
    async run(partitions, signal = new AbortController().signal) {
      const folder = await mkdtemp(join(tmpdir(), 'weir-relay-'));
      const files = { partitions: join(folder, 'partitions.json'), printed: join(folder, 'printed.json') };
      try {
        await copyFile(RELAY, join(folder, 'job.mjs'));
        await copyFile(await buildProgram('worker'), join(folder, 'worker.mjs'));
        await writeFile(files.partitions, JSON.stringify(partitions));
        const args = { '--run-id': 'run-relay', '--weir-config': JSON.stringify(files) };
        const job = { jobName: 'relay', jobRunId: 'jr_relay', arguments: args, signal };
        const end = await runOnSpark({ ...options, code: folder })(job);
        signal.throwIfAborted();
        if (end.state === 'FAILED') {
          throw new PortError({ code: 'job.workers-failed', message: end.message, retryable: true });
        }
        return JSON.parse(await readFile(files.printed, 'utf8')) as string[];
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
