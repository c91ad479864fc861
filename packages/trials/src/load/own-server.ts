import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type EmbeddedPostgres, openEmbeddedPostgres } from '@weir/adapters-local/embedded-postgres';
import pg from 'pg';

/** `fast` ends all sessions in order; `immediate` is as a crash: the server recovers from its log. */
export type RestartMode = 'fast' | 'immediate';

/** A server of the trial's own, which it may do with what it likes. */
export class OwnServer {
  readonly #home: string;
  readonly #server: EmbeddedPostgres;

  private constructor(home: string, server: EmbeddedPostgres) {
    this.#home = home;
    this.#server = server;
  }

  /** @param folder in which it makes one for itself */
  static async open(folder: string): Promise<OwnServer> {
    // The server's account must pass through.
    await chmod(folder, 0o755);
    const home = join(folder, 'postgres');
    await mkdir(home, { mode: 0o711 });
    return new OwnServer(home, await openEmbeddedPostgres({ dataDirectory: home }));
  }

  /** An empty one. */
  async createDatabase(name: string): Promise<string> {
    const client = new pg.Client({ connectionString: this.#server.connectionString });
    await client.connect();
    try {
      await client.query(`CREATE DATABASE "${name}"`);
    } finally {
      await client.end();
    }
    const url = new URL(this.#server.connectionString);
    url.pathname = `/${name}`;
    return url.href;
  }

  /** As an administrator does it; it comes back under the same port. */
  async restart(mode: RestartMode): Promise<void> {
    const [server] = (await readFile(join(this.#home, 'data', 'postmaster.opts'), 'utf8')).split(' ');
    const { uid, gid } = await stat(join(this.#home, 'data'));
    const restart = ['restart', '--pgdata', 'data', '--mode', mode, '--wait', '--log', 'data/server.log'];
    await promisify(execFile)(join(dirname(server!), 'pg_ctl'), restart, { cwd: this.#home, uid, gid });
  }

  async close(): Promise<void> {
    await this.#server.close();
  }
}
