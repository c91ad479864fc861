import {
  type DimensionCatalog,
  type LandedFile,
  type LandingZone,
  loadDimensions,
  type Notifier,
  type PendingReplay,
  type Quarantine,
  type RefusedSource,
  type RunLedger,
  type Unpacker,
} from '@weir/core';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { composeRefusalNotice } from './compose-refusal-notice.ts';
import { dimensionOf } from './dimension-of.ts';

export interface DimensionFilePorts {
  readonly landing: LandingZone;
  readonly quarantine: Quarantine;
  readonly dimensions: DimensionCatalog;
  readonly unpacker: Unpacker;
  readonly notifier: Notifier;
  /** Remembers which versions were loaded: they are claimed by `DIMENSION_LOADS`. */
  readonly ledger: Pick<RunLedger, 'claim' | 'claims'>;
  /** Rows may heal by what was loaded. */
  readonly pending: Pick<PendingReplay, 'demand'>;
}

const DIMENSION_LOADS = 'dimension-loads';

export type DimensionFileLoad = 'loaded' | 'refused' | 'gone';

/**
 * Loads the newest version of a dimension file, which stays where it is. A bad one is refused as a whole: people are told,
 * and it is taken to the quarantine.
 *
 * @throws PortError
 */
export async function loadDimensionFile(
  ports: DimensionFilePorts,
  key: string,
  telemetry: Telemetry,
): Promise<DimensionFileLoad> {
  const file = await ports.landing.find(key);
  const dimension = dimensionOf(key);
  if (file === undefined || dimension === undefined) {
    telemetry.info('A dimension file is not there any more.', { key });
    return 'gone';
  }
  const content = await ports.landing.open(file);
  try {
    const report = await loadDimensions(ports, [{ dimension, name: key, chunks: content.chunks }]);
    if (report.kind === 'loaded') {
      telemetry.info('A dimension file was loaded.', { key, version: file.version, loads: report.loads });
      for (const { read } of report.loads) telemetry.count('DimensionRowsRead', read);
      // Before it counts as loaded: else nobody would heal what it lets heal where this is the last that is done.
      await ports.pending.demand();
      await ports.ledger.claim(DIMENSION_LOADS, [file]);
      return 'loaded';
    }
    await refuse(ports, file, report.sources[0]!, telemetry);
    return 'refused';
  } finally {
    await content.close();
  }
}

/** People are told first: were the file taken away first and the notice lost, nobody would ever hear of it. */
async function refuse(
  ports: DimensionFilePorts,
  file: LandedFile,
  source: RefusedSource,
  telemetry: Telemetry,
): Promise<void> {
  const { landing, quarantine, notifier } = ports;
  const { key, version } = file;
  const { refusal, problemCount } = source;
  telemetry.warn('A dimension file was refused.', { key, version, refusal: refusal?.code, problemCount });
  telemetry.count('DimensionFilesRefused', 1);
  const places = { landing: landing.location, quarantine: quarantine.location };
  await notifier.send(composeRefusalNotice(file, source, places));
  const outcome = await quarantine.take(file, await hashOf(landing, file));
  telemetry.info('The refused file was taken to the quarantine.', { key, version, outcome });
}

/** A damaged file was not read to its end, so it is read once more. */
async function hashOf(landing: LandingZone, file: LandedFile): Promise<string> {
  const content = await landing.open(file);
  try {
    for await (const _ of content.chunks);
    return content.contentHash();
  } finally {
    await content.close();
  }
}
