import { compareTransforms } from '../harness/compare-transforms.ts';
import { named } from '../harness/measure-side-by-side.ts';
import type { PartResult } from '../harness/report.ts';
import { inFiles } from '../spark/input-in-files.ts';
import { NATIVE_ON_SPARK, nativeOnSpark, WEIR_ON_SPARK, weirOnSpark } from '../spark/subjects.ts';
import type { BenchOptions } from './bench-options.ts';

const ROWS = 1_000_000;
const FILES = 8;

/** A delivery of several files on a Spark of two executors with a core each: the job, and the same in PySpark alone. */
export async function spark({ rounds }: BenchOptions): Promise<PartResult> {
  const title = `Transform on Spark, two executors, 1 million rows in ${FILES} files`;
  const weir = weirOnSpark();
  try {
    const measured = await compareTransforms({
      title,
      file: { rows: ROWS },
      inputOf: (path) => inFiles(path, FILES),
      subjects: [weir.subject, nativeOnSpark],
      rounds,
    });
    const [own, native] = [named(measured, WEIR_ON_SPARK), named(measured, NATIVE_ON_SPARK)];
    const what = 'Spark path against native PySpark, the same two executors: speed';
    const value = native.seconds / own.seconds;
    return {
      tables: [{ title, measured }],
      targets: [{ what, value, bound: 'at least', limit: 2, unit: 'x' }],
    };
  } finally {
    await weir.close();
  }
}
