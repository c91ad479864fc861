import { join, resolve } from 'node:path';
import { type Delivery, planDeliveries } from './delivery-plan.ts';
import type { ExpectedAfterLater, LaterDelivery } from './expected-result.ts';
import { expectedOf, explainFailure, writeJson } from './generate.ts';
import { Generation } from './generation.ts';
import type { GenerationOptions } from './generation-options.ts';
import { refuseForeignFiles } from './landing-guard.ts';
import { resolveOptions } from './resolve-options.ts';

/** The second wave. Paths are absolute. */
export interface LaterReport {
  /** Holds `transactions/year=.../...`, with the same keys as the landing place. */
  readonly later: string;
  readonly expectedPath: string;
  readonly expected: ExpectedAfterLater;
  /** In a sensible order for a demonstration. Any order leads to the same facts. */
  readonly deliveries: readonly (LaterDelivery & { readonly path: string })[];
}

/**
 * Writes deliveries that arrive after those of `generate` with the same options, into `out/later`, and
 * `out/expected-after-later.json`. It needs nothing that `generate` wrote: it generates all of it again in thought.
 *
 * - `late-updates`: the file of the day after the last one, with refunds and cancellations, some older than what is
 *   stored, and the status changes due on that day;
 * - `correction`: the last day's file under the same key, modified later, with changed prices and mended rows;
 * - `repeat`: the first day's file, same key, bytes and modification time. Left out where there is only one day.
 *
 * Copy them over the landing place with modification times kept (`cp -p`).
 *
 * @throws like `generate`; the folder that must not hold other files is `out/later`.
 */
export async function generateLaterDeliveries(options: GenerationOptions): Promise<LaterReport> {
  const resolved = resolveOptions(options);
  const out = resolve(options.out);
  const folder = join(out, 'later');
  const expectedPath = join(out, 'expected-after-later.json');
  const plan = planDeliveries(resolved);
  const { onProgress, signal } = options;
  return explainFailure(out, async () => {
    const keys = plan.later.map(({ key }) => key);
    refuseForeignFiles(folder, keys);
    const news = plan.later.filter((delivery) => !isRepeat(delivery));
    const ingested = [...plan.landing, ...news];
    const task = { options: resolved, ingested, written: plan.later, folder, onProgress, signal };
    const outcome = await new Generation(task).run();
    const deliveries = plan.later.map(describe);
    const expected = { ...expectedOf(resolved, news, outcome), deliveries };
    writeJson(expectedPath, expected);
    const withPaths = deliveries.map((delivery) => ({ ...delivery, path: join(folder, delivery.key) }));
    return { later: folder, expectedPath, expected, deliveries: withPaths };
  });
}

function describe(delivery: Delivery): LaterDelivery {
  return {
    kind: delivery.kind as LaterDelivery['kind'],
    key: delivery.key,
    modified: new Date(delivery.modified).toISOString(),
    outcome: isRepeat(delivery) ? 'already-loaded' : 'loaded',
  };
}

function isRepeat({ kind }: Delivery): boolean {
  return kind === 'repeat';
}
