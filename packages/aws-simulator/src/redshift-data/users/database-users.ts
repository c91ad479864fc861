import type pg from 'pg';
import { DatabaseFault } from '../database/database-fault.ts';
import type { UserCommand } from './parse-user.ts';
import type { SignIn } from './read-sign-in.ts';
import type { Names } from './translate-rights.ts';
import { verifyPassword } from './verify-password.ts';

interface KnownUser {
  readonly password: string;
  readonly is_super: boolean;
}

/**
 * The users of one simulated Redshift. Each is a role of the Postgres server, whose databases share its roles: its name has
 * that of the database in it.
 */
export class DatabaseUsers {
  readonly names: Names;
  readonly #pool: pg.Pool;
  /** Passwords by name, of those whom nobody creates. */
  readonly #administrators: ReadonlyMap<string, string>;

  private constructor(pool: pg.Pool, administrators: ReadonlyMap<string, string>, names: Names) {
    this.#pool = pool;
    this.#administrators = administrators;
    this.names = names;
  }

  static async of(pool: pg.Pool, administrators: ReadonlyMap<string, string>): Promise<DatabaseUsers> {
    const { rows } = await pool.query('SELECT oid, datname FROM pg_database WHERE datname = current_database()');
    const [{ oid, datname: database }] = rows;
    return new DatabaseUsers(pool, administrators, { roleOf: (user) => `redshift_${oid}_${user}`, database });
  }

  /**
   * Has the session go on as the user.
   *
   * @throws DatabaseFault where the password is another one, or there is no such user
   */
  async signIn(session: pg.Client, { user, password }: SignIn): Promise<void> {
    await this.#addAdministrators();
    const { rows } = await this.#pool.query<KnownUser>('SELECT * FROM redshift.user_info WHERE usename = $1', [user]);
    const [known] = rows;
    if (known === undefined || !verifyPassword(password, user, known.password))
      throw new DatabaseFault('28P01', `FATAL: password authentication failed for user "${user}"`);
    if (!known.is_super) await session.query(`SET SESSION AUTHORIZATION "${this.names.roleOf(user)}"`);
  }

  /** Within the transaction that is open on the session. */
  async change(session: pg.Client, { action, user, password }: UserCommand): Promise<void> {
    if (action === 'alter') {
      const altered = await session.query('UPDATE redshift.user_info SET password = $2 WHERE usename = $1', [
        user,
        password,
      ]);
      if (altered.rowCount === 0) throw new DatabaseFault('42704', `user "${user}" does not exist`);
      return;
    }
    const { rowCount } = await session.query('SELECT 1 FROM redshift.user_info WHERE usename = $1', [user]);
    if (rowCount !== 0) throw new DatabaseFault('42710', `user "${user}" already exists`);
    await session.query(`CREATE ROLE "${this.names.roleOf(user)}"`);
    await session.query('INSERT INTO redshift.user_info VALUES ($1, $2, false)', [user, password]);
  }

  async #addAdministrators(): Promise<void> {
    for (const [user, password] of this.#administrators) {
      await this.#pool.query(
        'INSERT INTO redshift.user_info VALUES ($1, $2, true) ON CONFLICT (usename) DO UPDATE SET password = $2',
        [user, password],
      );
    }
  }
}
