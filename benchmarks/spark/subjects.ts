import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildProgram, bundleProgram } from '../../packages/glue-job/src/testing/build-programs.ts';
import { linkSpark, sparkCommand } from '../../packages/glue-job/src/testing/spark-command.ts';
import { installSpark } from '../harness/peer-environment.ts';
import { benchFolder, peersFolder } from '../harness/places.ts';
import type { Subject } from '../harness/subject.ts';
import { BenchS3 } from './bench-s3.ts';

export const WEIR_ON_SPARK = 'Weir on two executors';
export const NATIVE_ON_SPARK = 'native PySpark on two executors';

const MASTER = 'local-cluster[2,1,1024]';
const code = join(benchFolder, 'spark-code');

/** The deployed driver and worker; the job without what surrounds the transform. Close it in the end: it holds an S3. */
export function weirOnSpark(): { readonly subject: Subject; readonly close: () => Promise<void> } {
  let s3: BenchS3 | undefined;
  const subject: Subject = {
    name: WEIR_ON_SPARK,
    output: 'staged',
    hasChildren: true,
    prepare: async (job) => {
      installSpark();
      mkdirSync(code, { recursive: true });
      writeFileSync(join(code, 'job.mjs'), await bundleProgram('benchmarks/spark/transform-job.ts', 'job.mjs'));
      await copyFile(await buildProgram('worker'), join(code, 'worker.mjs'));
      s3 = await BenchS3.open(job);
    },
    reset: async () => {
      await s3!.empty();
      await emptyHome(WEIR_ON_SPARK);
    },
    command: () => {
      const config = JSON.stringify(s3!.work);
      const args = { '--run-id': 'bench', '--JOB_RUN_ID': 'jr_bench', '--weir-config': config, '--weir-code': code };
      const options = { environment: s3!.environment, master: MASTER };
      return sparkCommand(installSpark(), folderOf(WEIR_ON_SPARK), args, options);
    },
    collect: async ({ out }) => s3!.copyTo(out),
  };
  return { subject, close: async () => s3?.close() };
}

export const nativeOnSpark: Subject = {
  name: NATIVE_ON_SPARK,
  output: 'csv',
  hasChildren: true,
  prepare: async () => void installSpark(),
  reset: () => emptyHome(NATIVE_ON_SPARK),
  command: ({ input, fileDay, products, customers, out }) => {
    const folder = folderOf(NATIVE_ON_SPARK);
    const { env } = sparkCommand(installSpark(), folder, {}, { environment: {}, master: MASTER });
    const script = join(peersFolder, 'pyspark_transform.py');
    const args = [script, input, fileDay, products, customers, out, '--master', MASTER];
    return { program: installSpark(), args, cwd: folder, env };
  },
};

function folderOf(name: string): string {
  return join(benchFolder, 'spark', name.replace(/\W+/g, '-'));
}

/** Executors leave copies of programs and logs. */
async function emptyHome(name: string): Promise<void> {
  const folder = folderOf(name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await linkSpark(installSpark(), folder);
}
