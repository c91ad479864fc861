import { compareTransforms } from '../harness/compare-transforms.ts';
import type { PartResult } from '../harness/report.ts';
import { weirTransform } from '../harness/transform-subjects.ts';
import type { BenchOptions } from './bench-options.ts';

const SIZES = [1_000_000, 10_000_000];

/** What customers cost a process: a small file with few and with many of them. */
export async function dimensions({ rounds }: BenchOptions): Promise<PartResult> {
  const measured = [];
  for (const customers of SIZES) {
    const name = `Weir, ${customers / 1e6} million customers`;
    const title = `Transform of 100 thousand rows with ${customers / 1e6} million customers`;
    const subjects = [weirTransform(name, 2)];
    measured.push(...(await compareTransforms({ title, file: { rows: 100_000 }, subjects, rounds, customers })));
  }
  const [few, many] = measured;
  const added = SIZES[1]! - SIZES[0]!;
  const bytes = ((many!.peak - few!.peak) * 1024 * 1024) / added;
  const nanoseconds = ((many!.seconds - few!.seconds) * 1e9) / added;
  const note = `A further customer takes ${bytes.toFixed(0)} bytes and ${nanoseconds.toFixed(0)} ns.`;
  return { tables: [{ title: 'Dimensions at scale, 100 thousand rows', measured, notes: [note] }], targets: [] };
}
