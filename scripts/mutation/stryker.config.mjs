import { groups } from './groups.mjs';

const group = process.env.WEIR_MUTATION_GROUP;
const only = process.env.WEIR_MUTATION_ONLY;

/** See https://stryker-mutator.io/docs/stryker-js/configuration. */
export default {
  mutate: only === undefined ? groups[group].mutate : only.split(','),
  testRunner: 'circus',
  plugins: [new URL('./circus-test-runner.mjs', import.meta.url).pathname],
  coverageAnalysis: 'perTest',
  ignorePatterns: ['.weir', 'infra', 'benchmarks', 'docs', 'coverage'],
  // A machine that is busy must not look like a mutant that never ends; such are mostly found by the count of hits.
  timeoutMS: 30_000,
  // Stryker would adapt the file with a compiler that this project does not use.
  tsconfigFile: 'none',
  concurrency: 1,
  incremental: true,
  incrementalFile: `.weir/mutation/${group}-incremental.json`,
  tempDirName: '.weir/stryker',
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: `.weir/mutation/${group}.json` },
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
