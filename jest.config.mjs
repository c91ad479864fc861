import { availableParallelism } from 'node:os';

/** One configuration for all packages: TypeScript through swc, native ES modules, one database server a run. */
export default {
  testEnvironment: 'node',
  // What jest counts it must load itself.
  ...(process.argv.includes('--coverage') ? {} : { runtime: '<rootDir>/scripts/jest/native-runtime.mjs' }),
  roots: ['<rootDir>/packages', '<rootDir>/infra', '<rootDir>/examples'],
  testMatch: [
    '<rootDir>/packages/*/test/**/*.test.ts',
    '<rootDir>/infra/test/**/*.test.ts',
    '<rootDir>/examples/*/*.test.ts',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
  globalSetup: '<rootDir>/packages/adapters-local/src/testing/jest-global-setup.mjs',
  globalTeardown: '<rootDir>/packages/adapters-local/src/testing/jest-global-teardown.mjs',
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  // Two cores are the least that the project is built on; jest would leave one of them idle.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // Servers and containers start within tests, on machines that do other things too.
  testTimeout: 30_000,
  watchman: false,
  // Where coverage is asked for: of the packages that decide about data. V8 would count files that hold types only.
  coverageProvider: 'babel',
  coverageDirectory: '<rootDir>/.weir/coverage',
  coverageReporters: ['text-summary', 'json'],
  collectCoverageFrom: ['packages/{core,warehouse-sql}/src/**/*.ts'],
};
