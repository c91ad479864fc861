import { createSocket } from 'node:dgram';

/** Stands in for the daemon of X-Ray, which takes parts of traces. */
export class TraceDaemon {
  readonly parts: Readonly<Record<string, unknown>>[] = [];
  readonly #socket = createSocket('udp4');

  /** @returns the address for `AWS_XRAY_DAEMON_ADDRESS` */
  async listen(): Promise<string> {
    this.#socket.on('message', (message) => this.parts.push(JSON.parse(message.toString().split('\n')[1]!)));
    await new Promise<void>((resolve) => this.#socket.bind(0, '127.0.0.1', resolve));
    return `127.0.0.1:${this.#socket.address().port}`;
  }

  close(): void {
    this.#socket.close();
  }
}
