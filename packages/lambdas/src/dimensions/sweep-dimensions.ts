import type { Telemetry } from '../telemetry/telemetry.ts';
import { dimensionOf } from './dimension-of.ts';
import { type DimensionFilePorts, loadDimensionFile } from './load-dimension-file.ts';

/**
 * Loads the dimension files whose newest version was not loaded yet: those whose event was lost.
 *
 * @returns their keys
 * @throws PortError
 */
export async function sweepDimensions(ports: DimensionFilePorts, telemetry: Telemetry): Promise<readonly string[]> {
  const swept: string[] = [];
  for (const key of await listDimensionFiles(ports)) {
    const file = await ports.landing.find(key);
    if (file === undefined) continue;
    const [claim] = await ports.ledger.claims([file]);
    if (claim?.runId !== undefined) continue;
    await loadDimensionFile(ports, key, telemetry);
    swept.push(key);
  }
  telemetry.info('The sweep of dimension files is done.', { loaded: swept.length });
  return swept;
}

export async function listDimensionFiles({ landing }: Pick<DimensionFilePorts, 'landing'>): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const page of landing.list()) {
    keys.push(...page.map(({ key }) => key).filter((key) => dimensionOf(key) !== undefined));
  }
  return keys;
}
