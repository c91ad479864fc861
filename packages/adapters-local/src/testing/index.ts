export { openContainerDatabase, postgresImage } from './open-container-database.ts';
export { type EndToEndDatabase, openEndToEndDatabase } from './open-end-to-end-database.ts';
export { openTestDatabase, type TestDatabase } from './open-test-database.ts';
export { endTestRun, nameTestRun } from './test-run.ts';
