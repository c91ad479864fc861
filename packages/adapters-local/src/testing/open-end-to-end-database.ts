import { openContainerDatabase, whyNoContainers } from './open-container-database.ts';
import { openTestDatabase, type TestDatabase } from './open-test-database.ts';
import { isFirst, testRunFolder } from './test-run.ts';

export interface EndToEndDatabase extends TestDatabase {
  readonly kind: 'container' | 'embedded';
}

/**
 * For end-to-end tests: Postgres in a container, or the embedded server with the reason printed once a run. With
 * `WEIR_E2E_DOCKER=1`, or under `CI=true`, it throws instead of falling back; `WEIR_E2E_DOCKER=0` asks for the embedded one.
 */
export async function openEndToEndDatabase(): Promise<EndToEndDatabase> {
  const wish = process.env.WEIR_E2E_DOCKER ?? (process.env.CI === 'true' ? '1' : '');
  const reason = wish === '0' ? 'WEIR_E2E_DOCKER=0 asks for it' : await whyNoContainers();
  if (reason === undefined) return { kind: 'container', ...(await openContainerDatabase()) };
  if (wish === '1') {
    throw new Error(
      `End-to-end tests must run in containers here (WEIR_E2E_DOCKER=1 or CI=true), but ${reason}. ` +
        'Run scripts/docker-engine.sh start and scripts/docker-engine.sh image, or set WEIR_E2E_DOCKER=0.',
    );
  }
  if (await isFirst(await testRunFolder(), 'told-about-embedded')) {
    process.stderr.write(`End-to-end tests use the embedded Postgres server: ${reason}.\n`);
  }
  return { kind: 'embedded', ...(await openTestDatabase()) };
}
