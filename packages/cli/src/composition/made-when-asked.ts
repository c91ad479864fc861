/** Ports of which each is made when it is first asked for, and once. */
export function madeWhenAsked<Ports extends object>(
  makers: {
    readonly [Name in keyof Ports]: () => Ports[Name];
  },
): Ports {
  const ports = {};
  for (const [name, make] of Object.entries<() => unknown>(makers)) {
    let made: unknown;
    const get = () => {
      made ??= make();
      return made;
    };
    Object.defineProperty(ports, name, { enumerable: true, get });
  }
  return ports as Ports;
}
