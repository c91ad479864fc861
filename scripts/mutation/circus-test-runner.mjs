import { globSync } from 'node:fs';
import { join } from 'node:path';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { groups } from './groups.mjs';
import { resolveInSandbox } from './resolve-in-sandbox.mjs';

/**
 * Runs the tests of jest in this process, with jest's own circus and expect but without jest: modules stay loaded, and a
 * mutant costs what its tests cost. Started anew by jest, most mutants would take seconds.
 */
class CircusTestRunner {
  #files = [];
  #globals;

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    this.#globals = globalThis.__stryker__ ??= {};
    resolveInSandbox(process.cwd());
  }

  async dryRun({ coverageAnalysis }) {
    this.#globals.activeMutant = undefined;
    const result = await this.#run({ isWanted: () => true, bail: false });
    return coverageAnalysis === 'off' ? result : { ...result, mutantCoverage: this.#globals.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    const wanted = testFilter && new Set(testFilter);
    this.#globals.activeMutant = activeMutant.id;
    this.#globals.hitCount = hitLimit === undefined ? undefined : 0;
    this.#globals.hitLimit = hitLimit;
    const result = await this.#run({ isWanted: (id) => wanted?.has(id) ?? true, bail: !disableBail });
    return toMutantRunResult(determineHitLimitReached(this.#globals.hitCount, hitLimit) ?? result);
  }

  /** Loads the tests at the first call, when the mutant is set: a static one acts while modules load. */
  async #run({ isWanted, bail }) {
    const tests = [];
    try {
      if (this.#files.length === 0) await this.#load();
      for (const file of this.#files) {
        const onStart = (id) => {
          this.#globals.currentTestId = id;
        };
        for (const { id, duration, failure } of await file.run({ isWanted, bail, onStart })) {
          const status = failure === undefined ? 0 : 1;
          tests.push({ id, name: id, timeSpentMs: duration, status, failureMessage: failure });
        }
        this.#globals.currentTestId = undefined;
        if (bail && tests.some(({ status }) => status === 1)) break;
      }
    } catch (error) {
      // A mutant that cannot be loaded is noticed by every test.
      if (this.#globals.activeMutant === undefined)
        return { status: 'error', errorMessage: String(error?.stack ?? error) };
      tests.push({ id: 'load', name: 'load', timeSpentMs: 0, status: 1, failureMessage: String(error) });
    }
    return { status: 'complete', tests };
  }

  async #load() {
    const { CircusFile } = await import('./circus-file.mjs');
    const { tests } = groups[process.env.WEIR_MUTATION_GROUP];
    const paths = tests.flatMap((pattern) => globSync(pattern)).sort();
    const files = [];
    for (const path of paths) files.push(await CircusFile.load(join(process.cwd(), path), 30_000));
    this.#files = files;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'circus', CircusTestRunner)];
