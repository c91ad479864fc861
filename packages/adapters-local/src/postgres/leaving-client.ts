import type { Socket } from 'node:net';
import pg from 'pg';

/**
 * A client that leaves where it could not sign in. pg only tells it, as where a password is asked for and none was given: the
 * open connection would keep the process alive until the server has had enough of waiting.
 */
export class LeavingClient extends pg.Client {
  override connect(): Promise<pg.Client>;
  override connect(callback: (error: Error) => void): void;
  override connect(callback?: (error: Error) => void): Promise<pg.Client> | undefined {
    if (callback === undefined) return super.connect();
    super.connect((error: Error) => {
      if (error) (this as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
      callback(error);
    });
    return undefined;
  }
}
