import type { Telemetry } from '../telemetry/telemetry.ts';
import { type DimensionFilePorts, loadDimensionFile } from './load-dimension-file.ts';
import { listDimensionFiles } from './sweep-dimensions.ts';

export interface SetUpPorts extends DimensionFilePorts {
  readonly schema: { upgrade(): Promise<{ readonly from: number; readonly to: number }> };
  /** As whom all but the making of the tables is done. */
  readonly programUser: { setUp(): Promise<void> };
}

/**
 * Creates or upgrades the tables, then the user of the programs with its password and its rights, and as that user loads the
 * dimension files that lie there; may be repeated. A refused file is told, and holds nothing up.
 *
 * @throws PortError
 */
export async function setUp(ports: SetUpPorts, telemetry: Telemetry): Promise<void> {
  const versions = await ports.schema.upgrade();
  telemetry.info('The tables are there.', versions);
  await ports.programUser.setUp();
  telemetry.info('The user of the programs may do what they do.');
  for (const key of await listDimensionFiles(ports)) await loadDimensionFile(ports, key, telemetry);
}
