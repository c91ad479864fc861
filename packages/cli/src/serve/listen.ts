import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { CommandError, usageError } from '../errors/command-error.ts';

export interface Listening {
  readonly port: number;
  /** Also ends what is still being answered. */
  close(): Promise<void>;
}

type Answer = (request: Request) => Response | Promise<Response>;

/** @throws CommandError `serve.port-taken`, `serve.port-forbidden`, `usage.host` */
export async function listen(answer: (port: number) => Answer, host: string, port: number): Promise<Listening> {
  let fetch: Answer | undefined;
  const server = createAdaptorServer({ fetch: (request) => fetch!(request) }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(error, host, port)));
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  fetch = answer(taken);
  return {
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listenFailure(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const place = `${host}:${port}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return new CommandError({
        code: 'serve.port-taken',
        message: `Another program listens on ${place} already.`,
        remedy: 'Name another one with --port, or let --port 0 take any that is free.',
        cause: error,
      });
    case 'EACCES':
      return new CommandError({
        code: 'serve.port-forbidden',
        message: `This account may not listen on ${place}.`,
        remedy: 'Name a --port from 1024 on.',
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return usageError({
        code: 'usage.host',
        message: `--host is ${JSON.stringify(host)}, which is no address of this machine.`,
        remedy: 'Leave it out, or name an address that this machine has.',
        cause: error,
      });
    default:
      return error;
  }
}
