import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** On every container of a test run; its value is the run's folder. */
export const runLabel = 'weir.test-run';

/** Removes what a test that failed or was killed left behind. */
export async function removeContainersOf(folder: string): Promise<void> {
  if (!existsSync(join(folder, 'containers'))) return;
  const { getContainerRuntimeClient } = await import('testcontainers');
  const engine = await getContainerRuntimeClient().catch(() => undefined);
  if (engine === undefined) return;
  const { dockerode } = engine.container;
  const left = await dockerode.listContainers({ all: true, filters: { label: [`${runLabel}=${folder}`] } });
  await Promise.all(left.map(({ Id }) => dockerode.getContainer(Id).remove({ force: true, v: true })));
}
