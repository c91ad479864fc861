import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const { default: JestRuntime } = require('jest-runtime');

/**
 * A runtime of jest that leaves it to Node to load tests and what they import. The runtime of jest gives every test file a
 * context with all modules anew, which takes longer than many tests. Here each has its own of what lies in folders of tests only;
 * the test files of one worker share all other modules, so what these hold on to, or a test does to `process`, the next file finds.
 */
class NativeRuntime extends JestRuntime {
  constructor(config, environment, ...rest) {
    environment.global = globalThis;
    environment.fakeTimersModern = new environment.fakeTimersModern.constructor({ config, global: globalThis });
    super(config, environment, ...rest);
  }

  /** The framework of tests, anew for each test file, since it keeps the state of one: nothing may hold on to the one before. */
  requireInternalModule(path) {
    delete require.cache[path];
    for (const key of Object.getOwnPropertySymbols(globalThis)) {
      if (STATE_OF_FILE.has(key.description)) delete globalThis[key];
    }
    return createRequire(import.meta.url)(path);
  }

  /** What jest wrapped for this file would hold on to all that belongs to it. */
  teardown() {
    Object.assign(process, { exit, getBuiltinModule });
    super.teardown();
  }

  setGlobalsForRuntime(globals) {
    super.setGlobalsForRuntime(globals);
    globalThis[Symbol.for('weir.jest-globals')] = this.jestGlobals.cjsGlobals(this._testPath);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    return await import(`${pathToFileURL(path)}?run=${runs++}`);
  }
}

const { exit, getBuiltinModule } = process;
const STATE_OF_FILE = new Set(['EVENT_HANDLERS', 'JEST_STATE_SYMBOL', 'RETRY_TIMES', 'TEST_TIMEOUT_SYMBOL']);

let runs = 0;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return { url: new URL('globals.mjs', import.meta.url).href, shortCircuit: true };
    const resolved = next(specifier, context);
    const run = context.parentURL?.match(/\?run=\d+$/)?.[0];
    return run !== undefined && resolved.url.includes('/test/')
      ? { ...resolved, url: `${resolved.url}${run}` }
      : resolved;
  },
});

// jest requires this file.
export { NativeRuntime as 'module.exports' };
