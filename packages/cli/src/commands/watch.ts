import { parsePolicy } from '@weir/core';
import { printable } from '@weir/core/text';
import type { PlaceOptions } from '../command-line/add-places.ts';
import { EXIT_CODE } from '../exit-code.ts';
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
  const { screen, interruption, cwd } = session;
  const { sweepSeconds, connections } = options;
  const policy = session.policy ?? parsePolicy();
  const places = await resolvePlaces(options, cwd);
  const landing = new LandingWatch(session, { places, policy, resources: options, connections, settleMs: SETTLE_MS });
  try {
    await landing.begin();
    const { signal } = interruption;
    signal.throwIfAborted();
    const loop = new WatchLoop({ look: landing.look, settleMs: SETTLE_MS, sweepMs: sweepSeconds * 1000, signal });
    const sweep = formatCounted(sweepSeconds, 'second');
    const events = watchFolder(
      places.landing,
      () => loop.notify(),
      (reason) =>
        screen.note(`File events do not reach Weir (${printable(reason)}): only the sweep every ${sweep} finds files.`),
    );
    screen.note(`Watching ${printable(places.landing)}, with a sweep every ${sweep}. Ctrl-C ends it.`);
    await loop.run().finally(() => events.close());
    screen.note('Watching ended. What has not been processed waits for the next start.');
  } finally {
    await landing.close();
  }
  return EXIT_CODE.done;
}
