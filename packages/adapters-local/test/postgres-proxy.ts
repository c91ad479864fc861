import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the proxy does with the next COMMIT of a writer. */
export type CommitFault = 'none' | 'lose-answer' | 'lose-question';

/** Stands between a client and a server, and breaks what a network breaks. */
export interface PostgresProxy {
  readonly connectionString: string;
  /** Applies to one COMMIT; then it is `none` again. */
  commitFault: CommitFault;
  /** Takes no new connections. */
  isDown: boolean;
  /** Holds back what clients send. */
  isStalled: boolean;
  close(): Promise<void>;
}

const COMMIT = Buffer.from('COMMIT\0');
/** What a session says that writes facts. */
const LOCK = Buffer.from('LOCK TABLE ingest_lock\0');

export async function openPostgresProxy(connectionString: string): Promise<PostgresProxy> {
  const url = new URL(connectionString);
  const [host, port] = [url.hostname, Number(url.port)];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (proxy.isDown) return client.destroy();
    const upstream = connect(port, host);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    upstream.pipe(client);
    let isWriter = false;
    client.on('data', async (bytes: Buffer) => {
      isWriter ||= bytes.includes(LOCK);
      const fault = isWriter && bytes.includes(COMMIT) ? proxy.commitFault : 'none';
      if (proxy.isStalled) client.pause();
      if (fault === 'none') return upstream.write(bytes);
      proxy.commitFault = 'none';
      upstream.unpipe(client);
      if (fault === 'lose-answer') {
        upstream.write(bytes);
        await sleep(300);
      }
      return client.destroy();
    });
    return undefined;
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const proxy: PostgresProxy = {
    connectionString: url.href,
    commitFault: 'none',
    isDown: false,
    isStalled: false,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
