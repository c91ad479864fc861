/**
 * Loaded into `weir` before its own code (`node --import`): a second connection and a second thread are used from the first
 * byte on, so that a small delivery goes the ways of a large one. Nothing else of the command is changed.
 */
import { registerHooks } from 'node:module';

const THRESHOLDS: Readonly<Record<string, RegExp>> = {
  'staged-rows.ts': /(const LEAST_BYTES_SHARED = )[^;]+;/,
  'thread-row-workers.ts': /(const WORTH_FROM = )[^;]+;/,
};

registerHooks({
  load(url, context, nextLoad) {
    const threshold = THRESHOLDS[url.slice(url.lastIndexOf('/') + 1)];
    const loaded = nextLoad(url, context);
    if (threshold === undefined) return loaded;
    const source = String(loaded.source);
    if (!threshold.test(source))
      throw new Error(`${url} has no threshold as ${threshold}: bring lower-thresholds.ts up to date.`);
    return { ...loaded, source: source.replace(threshold, '$11;') };
  },
});
