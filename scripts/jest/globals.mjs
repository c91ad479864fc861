/**
 * What `@jest/globals` exports, for tests that Node loads: loaded once a worker, while each test file has functions of its own,
 * which `native-runtime.mjs` puts into place. So they are looked up when they are called.
 */
const late = (name) =>
  new Proxy(() => {}, {
    apply: (_, self, args) => Reflect.apply(globalsOfFile()[name], self, args),
    get: (_, key) => Reflect.get(globalsOfFile()[name], key),
  });

const globalsOfFile = () => globalThis[Symbol.for('weir.jest-globals')];

export const afterAll = late('afterAll');
export const afterEach = late('afterEach');
export const beforeAll = late('beforeAll');
export const beforeEach = late('beforeEach');
export const describe = late('describe');
export const expect = late('expect');
export const it = late('it');
export const jest = late('jest');
export const test = late('test');
