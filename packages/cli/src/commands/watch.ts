import { parsePolicy } from '@weir/core';
import { printable } from '@weir/core/text';
import type { PlaceOptions } from '../command-line/add-places.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { isS3Place } from '../ingest/is-s3-place.ts';
import { resolvePlaces } from '../ingest/resolve-places.ts';
import { formatCounted } from '../output/format-amount.ts';
import type { Session } from '../session.ts';
import { LandingWatch } from '../watch/landing-watch.ts';
import { watchFolder } from '../watch/watch-folder.ts';
import { WatchLoop } from '../watch/watch-loop.ts';

export interface WatchOptions extends PlaceOptions {
  readonly sweepSeconds: number;
}

const SETTLE_MS = 1000;

export async function watch(session: Session, options: WatchOptions): Promise<number> {
  const { screen, interruption } = session;
  const { sweepSeconds, connections } = options;
  const policy = session.policy ?? parsePolicy();
  const places = await resolvePlaces(options, session);
  const landing = new LandingWatch(session, {
    places,
    policy,
    resources: options,
    tells: options,
    connections,
    settleMs: SETTLE_MS,
  });
  try {
    await landing.begin();
    const { signal } = interruption;
    signal.throwIfAborted();
    const loop = new WatchLoop({ look: landing.look, settleMs: SETTLE_MS, sweepMs: sweepSeconds * 1000, signal });
    const sweep = formatCounted(sweepSeconds, 'second');
    const tellDeaf = (reason: string) =>
      screen.note(`File events do not reach Weir (${printable(reason)}): only the sweep every ${sweep} finds files.`);
    const events = isS3Place(places.landing) ? undefined : watchFolder(places.landing, () => loop.notify(), tellDeaf);
    if (events === undefined) tellDeaf('the landing place is in S3');
    screen.note(`Watching ${printable(places.landing)}, with a sweep every ${sweep}. Ctrl-C ends it.`);
    await loop.run().finally(() => events?.close());
    screen.note('Watching ended. What has not been processed waits for the next start.');
  } finally {
    await landing.close();
  }
  return EXIT_CODE.done;
}
