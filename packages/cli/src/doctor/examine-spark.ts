import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CommandError } from '../errors/command-error.ts';
import type { Examination } from './examination.ts';

const MOST_MS = 30_000;

/** Spark is only needed to run the job of AWS on this machine; where there is one, it must start. */
export async function examineSpark(examination: Examination, env: NodeJS.ProcessEnv): Promise<void> {
  const program = env.SPARK_HOME ? join(env.SPARK_HOME, 'bin', 'spark-submit') : 'spark-submit';
  const answer = await askVersion(program, env);
  if (answer.kind === 'none')
    return examination.skip('Spark', 'not found; only the job of AWS needs it on this machine');
  await examination.look(
    'Spark',
    async () => {
      if (answer.kind === 'version') return answer.version;
      throw new CommandError({
        code: 'doctor.spark-broken',
        message: `Spark is there but does not start: ${answer.why}.`,
        remedy: 'Install Java 17 and set JAVA_HOME to it, or take Spark off the PATH: weir itself does not need it.',
      });
    },
    (version) => `Spark ${version}`,
  );
}

type Answer =
  | { readonly kind: 'none' }
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'broken'; readonly why: string };

async function askVersion(program: string, env: NodeJS.ProcessEnv): Promise<Answer> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, ['--version'], { env, timeout: MOST_MS });
    const version = /version (\d+(?:\.\d+)+)/.exec(stderr + stdout)?.[1];
    return version === undefined
      ? { kind: 'broken', why: 'it does not tell its version' }
      : { kind: 'version', version };
  } catch (error) {
    const { code, stderr = '' } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') return { kind: 'none' };
    return { kind: 'broken', why: stderr.trim().split('\n')[0] || `it ended with ${code}` };
  }
}
