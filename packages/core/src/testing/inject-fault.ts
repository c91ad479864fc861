export interface FaultPlan {
  /**
   * Name of the method, of the port or of any object that it gives out, such as `commit` of a stage; `chunks.next` or
   * `list.next` for the steps of an async iterable, by the name of the method or property that gave it out; `*` for all.
   */
  readonly method: string;
  /** Which of the calls of that name fails, from 1. */
  readonly call: number;
  /** `before`: the call never reaches the adapter. `after`: it took effect, but its answer is lost. */
  readonly when: 'before' | 'after';
  readonly error: unknown;
}

export interface FaultyPort<Port> {
  readonly port: Port;
  /** Calls of the method so far, the failed one among them. */
  calls(): number;
  /** Whether the fault happened. A sweep `call = 1, 2, 3, ...` ends with the first run in which it did not. */
  happened(): boolean;
}

export type Fault = Pick<FaultPlan, 'when' | 'error'>;

/** Fails one call of a port, at any depth. Works on every port object, and on more than one fault by wrapping again. */
export function injectFault<Port extends object>(port: Port, plan: FaultPlan): FaultyPort<Port> {
  let calls = 0;
  const isDue = (name: string) => (plan.method === name || plan.method === '*') && ++calls === plan.call;
  return {
    port: injectFaults(port, (name) => (isDue(name) ? plan : undefined)),
    calls: () => calls,
    happened: () => calls >= plan.call,
  };
}

/** Asks before every call of a port, at any depth, whether it is to fail; by the names that `FaultPlan.method` takes. */
export function injectFaults<Port extends object>(port: Port, faultOf: FaultOf): Port {
  return wrapObject(port, faultOf);
}

type FaultOf = (method: string) => Fault | undefined;
type Method = (...args: unknown[]) => unknown;

function wrapObject<Value extends object>(target: Value, faultOf: FaultOf): Value {
  return new Proxy(target, {
    get(_, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof property === 'symbol') return value;
      if (typeof value === 'function') return wrapMethod(target, property, value as Method, faultOf);
      return wrapValue(property, value, faultOf);
    },
  });
}

function wrapMethod(target: object, name: string, method: Method, faultOf: FaultOf): Method {
  return (...args) => {
    const fault = faultOf(name);
    if (fault?.when === 'before') return failLike(method, fault.error);
    const answer = method.apply(target, args);
    if (isPromise(answer)) {
      return answer.then((value) => (fault ? Promise.reject(fault.error) : wrapValue(name, value, faultOf)));
    }
    if (fault && isAsyncIterable(answer)) return failingIterable(fault.error);
    if (fault) throw fault.error;
    return wrapValue(name, answer, faultOf);
  };
}

function wrapValue(name: string, value: unknown, faultOf: FaultOf): unknown {
  if (isAsyncIterable(value)) return wrapIterable(`${name}.next`, value, faultOf);
  return hasMethods(value) ? wrapObject(value, faultOf) : value;
}

async function* wrapIterable(name: string, iterable: AsyncIterable<unknown>, faultOf: FaultOf): AsyncIterable<unknown> {
  const steps = iterable[Symbol.asyncIterator]();
  try {
    for (;;) {
      const fault = faultOf(name);
      if (fault?.when === 'before') throw fault.error;
      const step = await steps.next();
      if (fault) throw fault.error;
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    await steps.return?.();
  }
}

/** Fails in the way in which the method would: by a rejected promise, at the first step, or by throwing. */
function failLike(method: Method, error: unknown): unknown {
  if (method.constructor.name === 'AsyncFunction') return Promise.reject(error);
  if (method.constructor.name === 'AsyncGeneratorFunction') return failingIterable(error);
  throw error;
}

function failingIterable(error: unknown): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}

/** Promises of Node's own come from another realm than those of a test, so `instanceof` does not know them. */
function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** Told from data, which is handed on as it is: an object whose class, or which itself, has methods. */
function hasMethods(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || isBuiltIn(value)) return false;
  const prototype: object = Object.getPrototypeOf(value) ?? {};
  const members = [...Object.values(Object.getOwnPropertyDescriptors(value)), ...describeClass(prototype)];
  return members.some((member) => typeof member.value === 'function');
}

function describeClass(prototype: object): PropertyDescriptor[] {
  if (prototype.constructor === undefined || prototype.constructor.name === 'Object') return [];
  const { constructor: _, ...methods } = Object.getOwnPropertyDescriptors(prototype) as Record<
    string,
    PropertyDescriptor
  >;
  return Object.values(methods);
}

function isBuiltIn(value: object): boolean {
  return (
    Array.isArray(value) ||
    ArrayBuffer.isView(value) ||
    /^\[object (?!Object\])/.test(Object.prototype.toString.call(value))
  );
}
