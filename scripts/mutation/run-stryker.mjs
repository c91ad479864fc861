import { Stryker } from '@stryker-mutator/core';
import { endTestRun, nameTestRun } from '../../packages/adapters-local/src/testing/test-run.ts';

// Databases of tests live as long as this run, as they do for jest.
nameTestRun();
try {
  await new Stryker({ configFile: process.argv[2] }).runMutationTest();
} finally {
  await endTestRun();
}
