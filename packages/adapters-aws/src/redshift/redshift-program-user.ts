import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PortError } from '@weir/core';
import {
  createTemporaryTable,
  lockWriters,
  planUser,
  STAGE_CHECK_TABLE,
  selectMissingRights,
  selectUser,
} from '@weir/warehouse-sql';
import { readSignIn, type SignIn } from '../secrets/read-sign-in.ts';
import type { DataApiSession } from './data-api-session.ts';
import { hashPassword } from './hash-password.ts';

export interface RedshiftProgramUserOptions {
  /** Signed in as the administrator. */
  readonly administrator: DataApiSession;
  /** Signed in with the secret, as all programs are. */
  readonly program: DataApiSession;
  readonly client: Pick<SecretsManagerClient, 'send'>;
  /** The secret of the programs. */
  readonly secretArn: string;
  readonly database: string;
}

/** The user as which programs sign in: the secret says its name and its password, and its rights are listed in one place. */
export class RedshiftProgramUser {
  readonly #options: RedshiftProgramUserOptions;

  constructor(options: RedshiftProgramUserOptions) {
    this.#options = options;
  }

  /**
   * Makes the user where it is missing, sets its password to that of the secret, gives it the rights that it needs and takes
   * others on our tables, and then signs in as it and looks. The tables must be there. May be repeated.
   *
   * @throws PortError `secret.unreadable`, `secret.invalid`, `warehouse.rights-missing`, `warehouse.login-refused` and the like
   */
  async setUp(): Promise<void> {
    const { client, secretArn } = this.#options;
    const signIn = await readSignIn(client, secretArn);
    const isNew = await this.#isMissing(signIn);
    try {
      await this.#change(signIn, isNew);
    } catch (error) {
      // Another set-up may have made it meanwhile, or a try of this one whose answer was lost.
      if (!isNew || (await this.#isMissing(signIn))) throw error;
      await this.#change(signIn, false);
    }
    await this.#requireRights(signIn);
  }

  /** @throws PortError `secret.invalid` where it is a superuser, for whom no rights count */
  async #isMissing({ user }: SignIn): Promise<boolean> {
    const { administrator, secretArn } = this.#options;
    const [found] = await administrator.query(selectUser(user), 'looking for the user of the programs');
    if (found?.is_super !== 'yes') return found === undefined;
    throw new PortError({
      code: 'secret.invalid',
      message: `The secret ${secretArn} cannot be used: its user ${user} is a superuser, who may do everything.`,
      remedy: 'Put another name into it, and run the set-up of the deployment again, which makes that user.',
      context: { secretArn, user },
    });
  }

  async #change({ user, password }: SignIn, isNew: boolean): Promise<void> {
    const { administrator, database } = this.#options;
    const plan = planUser({ name: user, passwordHash: hashPassword(password, user), database, isNew });
    await administrator.transact(plan, 'setting up the user of the programs');
  }

  /** Does what cannot be asked for, LOCK and a temporary table, and asks for the rest. */
  async #requireRights({ user }: SignIn): Promise<void> {
    const { program } = this.#options;
    const table = createTemporaryTable(STAGE_CHECK_TABLE, 'redshift');
    const statements = [lockWriters(), table, selectMissingRights('redshift')];
    const { rows } = await program.transact(statements, 'signing in as the user of the programs');
    const missing = (await rows('select-missing-rights')).map((row) => `${row.missing_right} on ${row.object}`);
    if (missing.length === 0) return;
    throw new PortError({
      code: 'warehouse.rights-missing',
      message: `The user ${user} at ${program.location} lacks rights that were just granted: ${missing.join(', ')}.`,
      remedy: 'Look at who owns these tables, and whether something else takes rights away.',
      context: { location: program.location, user },
    });
  }
}
