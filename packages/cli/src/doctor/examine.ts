import { basename } from 'node:path';
import { awsSettingsOf } from '../config/aws-settings.ts';
import { chooseDatabase } from '../config/choose-database.ts';
import { loadConfiguration } from '../config/load-configuration.ts';
import { choosePlaces, type PlaceNames } from '../ingest/choose-places.ts';
import { isS3Place } from '../ingest/is-s3-place.ts';
import type { Session } from '../session.ts';
import { checkNode } from './check-node.ts';
import { Examination } from './examination.ts';
import { examineDatabase } from './examine-database.ts';
import { examinePlaces } from './examine-places.ts';
import { examineSpark } from './examine-spark.ts';
import type { Finding } from './finding.ts';

const ON_CONFIGURATION = [
  'AWS identity',
  'landing',
  'archive',
  'quarantine',
  'database',
  'tables',
  'permissions',
  'clock',
];

/** Looks at everything that a run needs, and changes nothing. */
export async function examine(given: Session, names: PlaceNames): Promise<readonly Finding[]> {
  const examination = new Examination(given);
  await examination.look(
    'node',
    async () => checkNode(process.versions.node),
    (version) => `Node ${version}`,
  );
  const session = await examination.look('configuration', () => configure(given), tellConfiguration);
  if (session === undefined) {
    for (const check of ON_CONFIGURATION) examination.skip(check, 'needs a configuration that can be read');
  } else {
    const isSignedIn = await examineIdentity(examination, session, names);
    await examinePlaces(examination, session, names, isSignedIn);
    await examineDatabase(examination, session, isSignedIn);
  }
  await examineSpark(examination, given.env);
  return examination.findings;
}

async function configure(session: Session): Promise<Session> {
  const configuration = await loadConfiguration(session.options, session.cwd);
  return { ...session, configuration, policy: configuration?.policy };
}

function tellConfiguration({ configuration }: Session): string {
  if (configuration === undefined) return 'there is no file: flags and defaults count';
  const profile = configuration.profile === undefined ? '' : `, profile ${configuration.profile}`;
  return `${basename(configuration.file)}${profile}`;
}

/** False where AWS is needed and does not know who is calling: then nothing there can be looked at. */
async function examineIdentity(examination: Examination, session: Session, names: PlaceNames): Promise<boolean> {
  const places = Object.values(choosePlaces(names, session)).map((place) => place?.value ?? '');
  // What is wrong about the database is told by its own check.
  const database = await chooseDatabase(session).catch(() => undefined);
  if (!places.some(isS3Place) && database?.kind !== 'redshift') {
    examination.skip('AWS identity', 'neither a place nor the database is on AWS');
    return true;
  }
  const { identifyAwsCaller } = await import('../composition/identify-aws-caller.ts');
  const identity = await examination.look(
    'AWS identity',
    () => identifyAwsCaller(awsSettingsOf(session)),
    ({ arn, region }) => `${arn} in ${region}`,
  );
  return identity !== undefined;
}
