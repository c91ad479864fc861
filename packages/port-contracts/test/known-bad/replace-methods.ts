/** An object with some methods replaced; the replacements get at the original through their closure. */
export function replaceMethods<Target extends object>(target: Target, methods: Partial<Target>): Target {
  return new Proxy(target, {
    get(_, property) {
      const replaced = Reflect.get(methods, property);
      if (replaced !== undefined) return replaced;
      const value = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
