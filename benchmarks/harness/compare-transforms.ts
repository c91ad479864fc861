import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { digestOutput, type OutputDigest } from '../check/digest-output.ts';
import { customerFile, productFile, type TransactionFileOptions, transactionFile } from '../input/input-files.ts';
import { type Measured, measureSideBySide } from './measure-side-by-side.ts';
import { benchFolder } from './places.ts';
import { tellProgress } from './progress.ts';
import type { Job, Subject } from './subject.ts';

export interface TransformComparison {
  readonly title: string;
  readonly file: TransactionFileOptions;
  /** What is read in place of the file: the same rows in another form. */
  readonly inputOf?: (path: string) => string;
  readonly subjects: readonly Subject[];
  readonly rounds: number;
  readonly customers?: number;
}

/** Measures transforms of one file, and fails where two of them do not say the same. */
export async function compareTransforms(options: TransformComparison): Promise<Measured[]> {
  const { title, subjects, rounds } = options;
  const file = transactionFile(options.file);
  const inputs = {
    input: options.inputOf?.(file.path) ?? file.path,
    fileDay: file.day,
    products: productFile(),
    customers: customerFile(options.customers),
  };
  const digests = new Map<string, OutputDigest>();
  const jobOf = ({ name }: Subject): Job => ({ ...inputs, out: join(benchFolder, 'out', name.replace(/\W+/g, '-')) });
  const emptied = subjects.map((subject) => ({
    ...subject,
    reset: async (job: Job) => {
      empty(job.out);
      await subject.reset?.(job);
    },
  }));
  const measured = await measureSideBySide({
    title,
    subjects: emptied,
    rounds,
    jobOf,
    afterRun: async ({ name, output, collect }, job, isLastRound) => {
      if (isLastRound && output !== undefined) {
        await collect?.(job);
        digests.set(name, digestOutput(job.out, output));
      }
      rmSync(job.out, { recursive: true });
    },
  });
  requireSame(title, digests);
  return measured;
}

function empty(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

function requireSame(title: string, digests: ReadonlyMap<string, OutputDigest>): void {
  const said = [...digests].map(([name, { rows, rejects }]) => ({ name, text: `rows ${rows}; rejects ${rejects}` }));
  if (new Set(said.map(({ text }) => text)).size > 1) {
    throw new Error(
      `${title}: not all write the same.\n${said.map(({ name, text }) => `${name}: ${text}`).join('\n')}`,
    );
  }
  tellProgress(`${title}: all wrote ${said[0]?.text}`);
}
