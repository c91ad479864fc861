import { randomBytes } from 'node:crypto';
import type { TestDatabase } from './open-test-database.ts';
import { runLabel } from './remove-containers-of.ts';
import { isFirst, testRunFolder } from './test-run.ts';

/** Built by `scripts/docker-engine.sh image` from the embedded binaries; no registry is asked. */
export const postgresImage = 'weir/postgres:17';

/** A Postgres server in a container of its own, stopped and removed by `close`. Throws where no engine answers. */
export async function openContainerDatabase(): Promise<TestDatabase> {
  const folder = await testRunFolder();
  await isFirst(folder, 'containers');
  const { GenericContainer, Wait } = await testcontainers();
  const password = randomBytes(24).toString('base64url');
  const container = await new GenericContainer(postgresImage)
    .withEnvironment({ POSTGRES_PASSWORD: password })
    .withLabels({ [runLabel]: folder })
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/))
    .withStartupTimeout(60_000)
    .start();
  const address = `${container.getHost()}:${container.getMappedPort(5432)}`;
  return {
    connectionString: `postgres://weir:${password}@${address}/postgres`,
    close: async () => {
      await container.stop();
    },
  };
}

/** Why `openContainerDatabase` cannot work here, or undefined where it can. */
export async function whyNoContainers(): Promise<string | undefined> {
  try {
    const { getContainerRuntimeClient, ImageName } = await testcontainers();
    const client = await getContainerRuntimeClient();
    if (await client.image.exists(ImageName.fromString(postgresImage))) return undefined;
    return `the container engine has no image ${postgresImage} (scripts/docker-engine.sh image builds it)`;
  } catch (error) {
    return `no container engine answers (${(error as Error).message})`;
  }
}

/** Loaded late, because it takes half a second. Its reaper image cannot be pulled everywhere; the run cleans up itself. */
async function testcontainers(): Promise<typeof import('testcontainers')> {
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';
  return await import('testcontainers');
}
