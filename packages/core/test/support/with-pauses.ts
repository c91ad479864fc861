/** A port object, or an object of ports, whose calls wait a while before and after, so that calls of several mix; by a seed. */
export function withPauses<Ports extends object>(ports: Ports, seed: number): Ports {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const pause = async () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    for (let i = state >>> 29; i > 0; i--) await Promise.resolve();
    if (state >>> 31) await new Promise((resolve) => setImmediate(resolve));
  };
  const wrap = <Value extends object>(target: Value): Value =>
    new Proxy(target, {
      get(_, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value === 'object' && value !== null) return wrap(value);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (name === 'now' || name === 'list' || name === 'openRuns') return value.apply(target, args);
          return pause()
            .then(() => value.apply(target, args))
            .then(async (answer: unknown) => {
              await pause();
              return answer;
            });
        };
      },
    });
  return wrap(ports);
}
