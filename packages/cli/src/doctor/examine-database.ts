import { type OpenDatabase, openDatabase } from '../composition/open-database.ts';
import { probePlace } from '../composition/probe-place.ts';
import { awsSettingsOf } from '../config/aws-settings.ts';
import { chooseDatabase, type DatabaseChoice, showDatabase } from '../config/choose-database.ts';
import { CommandError } from '../errors/command-error.ts';
import { formatDuration } from '../output/format-amount.ts';
import type { Session } from '../session.ts';
import { checkClock } from './check-clock.ts';
import type { Examination } from './examination.ts';

const OTHERS = ['tables', 'permissions', 'clock'];

/** Whether it answers, has the tables, lets the user do what a run does, and knows what time it is. */
export async function examineDatabase(examination: Examination, session: Session, isSignedIn: boolean): Promise<void> {
  const choice = await chooseDatabase(session).catch((error: unknown) => error);
  if (isRedshift(choice) && !isSignedIn) {
    for (const check of ['database', ...OTHERS]) examination.skip(check, 'needs an identity that AWS knows');
    return;
  }
  let opened: OpenDatabase | undefined;
  try {
    const answer = await examination.look(
      'database',
      async () => {
        opened = await openDatabase(session, { unchecked: true });
        await probeStaging(opened.choice, session);
        const before = Date.now();
        const now = await opened.ports.schema.now();
        return { ...opened, now, before, after: Date.now() };
      },
      (found) => showDatabase(found.choice),
    );
    if (answer === undefined) {
      for (const check of OTHERS) examination.skip(check, 'needs the database');
      return;
    }
    await examineTables(examination, answer);
    const { now, before, after } = answer;
    await examination.look(
      'clock',
      async () => checkClock(now, before, after),
      (difference) => `${formatDuration(difference)} from that of the database`,
    );
  } finally {
    await opened?.close();
  }
}

async function examineTables(examination: Examination, { choice, ports: { schema } }: OpenDatabase): Promise<void> {
  const isThere = await examination.look(
    'tables',
    () => schema.check().then(() => true),
    () => 'there, at the version of this command',
  );
  if (isThere === undefined) return examination.skip('permissions', 'needs the tables');
  await examination.look(
    'permissions',
    () => requireRights(schema, choice.kind === 'redshift'),
    () => 'this user may do what runs and undo do',
  );
}

async function requireRights(schema: OpenDatabase['ports']['schema'], isRedshift: boolean): Promise<void> {
  const missing = await schema.missingRights();
  if (missing.length === 0) return;
  throw new CommandError({
    code: 'doctor.rights-missing',
    message: `The user of this database may not do what runs and undo do; it lacks ${missing.join(', ')}.`,
    remedy: `Have their owner say ${grants(missing)}; or use the user ${isRedshift ? 'of the secret of the deployment, whose set-up grants all of them' : 'who created the tables'}.`,
  });
}

/** `GRANT DELETE ON fact_transactions, ingest_reject TO <user>` for each set of rights. */
function grants(missing: readonly string[]): string {
  const rights = Map.groupBy(missing, (one) => one.slice(one.indexOf(' on ') + 4));
  const lists = [...rights].map(([object, all]) => [object, all.map((one) => one.split(' ')[0]).join(', ')] as const);
  const objects = Map.groupBy(lists, ([object, list]) => (object.includes(' ') ? object : list));
  return [...objects.values()]
    .map((same) => `GRANT ${same[0]![1]} ON ${same.map(([object]) => object).join(', ')} TO <user>`)
    .join('; ');
}

/** Rows come to Redshift by way of a bucket. */
async function probeStaging(choice: DatabaseChoice, session: Session): Promise<void> {
  if (choice.kind !== 'redshift') return;
  const needs = { use: 'staging', mustWrite: true, mayBeMissing: false };
  await probePlace(choice.redshift.staging, needs, awsSettingsOf(session));
}

function isRedshift(choice: unknown): boolean {
  return (choice as Partial<DatabaseChoice>).kind === 'redshift';
}
