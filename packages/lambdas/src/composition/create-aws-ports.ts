import { Container } from 'inversify';
import { type AwsPorts, PORT } from './aws-ports.ts';
import type { Surroundings } from './serve.ts';

/** How some ports are made. Each function has just those that it needs, so that no bundle holds a client for nothing. */
export interface Binding<Name extends keyof AwsPorts> {
  readonly ports: readonly Name[];
  bind(container: Container, surroundings: Surroundings): void;
}

/** The ports of one deployment. Each is made when it is first asked for. */
export function createAwsPorts<Name extends keyof AwsPorts>(
  surroundings: Surroundings,
  ...bindings: readonly Binding<Name>[]
): Pick<AwsPorts, Name> {
  const container = new Container({ defaultScope: 'Singleton' });
  const ports = {} as Pick<AwsPorts, Name>;
  for (const { ports: names, bind } of bindings) {
    bind(container, surroundings);
    for (const name of names) {
      Object.defineProperty(ports, name, { enumerable: true, get: () => container.get(PORT[name]) });
    }
  }
  return ports;
}
