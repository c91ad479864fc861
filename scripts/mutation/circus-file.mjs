import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jestExpect } from '@jest/expect';
import { addEventHandler, getState, resetState, run, setState } from 'jest-circus';
import { SnapshotState } from 'jest-snapshot';

let onEvent = () => {};
addEventHandler((event) => onEvent(event));

/** The tests of one file, loaded once and run as often as wanted. */
export class CircusFile {
  #path;
  #state;

  static async load(path, timeout) {
    resetState();
    await import(pathToFileURL(path).href);
    return new CircusFile(path, Object.assign(getState(), { testTimeout: timeout }));
  }

  constructor(path, state) {
    this.#path = path;
    this.#state = state;
  }

  /** @param isWanted which ids to run @param onStart is told each id; @returns the results, up to the first failure with `bail` */
  async run({ isWanted, onStart, bail }) {
    const tests = [...testsOf(this.#state.rootDescribeBlock)].map((test) => ({ test, id: this.#idOf(test) }));
    const ids = new Map(tests.map(({ test, id }) => [test, id]));
    for (const { test, id } of tests) reset(test, isWanted(id));
    if (!tests.some(({ test }) => test.mode !== 'skip')) return [];

    this.#state.unhandledErrors = [];
    setState(this.#state);
    const results = [];
    onEvent = (event) => {
      if (event.name === 'test_start') {
        onStart(ids.get(event.test));
        jestExpect.setState(this.#expectState(event.test));
      }
      if (event.name !== 'test_done') return;
      const { test } = event;
      const failure = failureOf(test);
      results.push({ id: ids.get(test), duration: test.duration ?? 0, failure });
      if (bail && failure !== undefined) for (const other of tests) other.test.mode = 'skip';
    };
    await run();
    return results;
  }

  #idOf(test) {
    return `${this.#path.split('/packages/').at(-1)}: ${nameOf(test)}`;
  }

  #expectState(test) {
    const snapshots = join(dirname(this.#path), '__snapshots__', `${basename(this.#path)}.snap`);
    return {
      suppressedErrors: [],
      testPath: this.#path,
      currentTestName: nameOf(test),
      snapshotState: new SnapshotState(snapshots, {
        updateSnapshot: 'none',
        rootDir: dirname(this.#path),
        snapshotFormat: { escapeString: false, printBasicPrototype: false },
      }),
    };
  }
}

function* testsOf(block) {
  for (const child of block.children) {
    if (child.type === 'test') yield child;
    else yield* testsOf(child);
  }
}

function nameOf(test) {
  const names = [];
  for (let at = test; at.parent !== undefined; at = at.parent) names.unshift(at.name);
  return names.join(' ');
}

const ownModes = new WeakMap();

function reset(test, isWanted) {
  if (!ownModes.has(test)) ownModes.set(test, test.mode);
  Object.assign(test, { errors: [], status: null, startedAt: null, duration: null, seenDone: false });
  test.mode = isWanted ? ownModes.get(test) : 'skip';
}

/** A snapshot that does not match throws nothing, so that those behind it are compared too. */
function failureOf({ errors }) {
  const [error] = [...errors, ...jestExpect.getState().suppressedErrors];
  if (error === undefined) return undefined;
  const cause = Array.isArray(error) ? (error[0] ?? error[1]) : error;
  return String(cause?.message ?? cause);
}
