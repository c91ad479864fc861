import { openTestDatabase } from '@weir/adapters-local/testing';
import { type AwsSimulator, type GlueRunner, startAwsSimulator } from '@weir/aws-simulator';

export const BUCKETS = {
  landing: 'acme-landing',
  archive: 'acme-archive',
  quarantine: 'acme-quarantine',
  staging: 'acme-staging',
  ledger: 'acme-ledger',
};
const SECRETS = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret';
const PROGRAM_SECRET = `${SECRETS}:weir-program`;
const ADMIN_SECRET = `${SECRETS}:redshift!weir`;
/** Of the database user whom the set-up makes. */
export const PROGRAM_PASSWORD = 'Made1upByNobody';
const ADMIN_PASSWORD = 'Made1upByRedshift';
/** As the events from AWS's documentation have it. */
export const GLUE_JOB = 'test_job';

/** A simulated AWS account into which Weir could have been deployed. */
export class AwsPlace {
  readonly simulator: AwsSimulator;
  readonly topicArn: string;
  readonly #closeDatabase: () => Promise<void>;

  private constructor(simulator: AwsSimulator, topicArn: string, closeDatabase: () => Promise<void>) {
    this.simulator = simulator;
    this.topicArn = topicArn;
    this.#closeDatabase = closeDatabase;
  }

  /** @param runner what the Glue job does */
  static async open(runner: GlueRunner): Promise<AwsPlace> {
    const database = await openTestDatabase();
    const simulator = await startAwsSimulator({
      secondMs: 1,
      redshift: { connectionString: database.connectionString },
      glue: { jobs: { [GLUE_JOB]: { runner } } },
    });
    const { secrets, administrators } = simulator.context;
    administrators.set('weiradmin', ADMIN_PASSWORD);
    secrets.put(ADMIN_SECRET, JSON.stringify({ username: 'weiradmin', password: ADMIN_PASSWORD }));
    secrets.put(PROGRAM_SECRET, JSON.stringify({ username: 'weir_app', password: PROGRAM_PASSWORD }));
    const place = new AwsPlace(simulator, await createTopic(simulator), () => database.close());
    for (const bucket of Object.values(BUCKETS)) await place.request('PUT', `/${bucket}`);
    const versioning = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
    await place.request('PUT', `/${BUCKETS.landing}?versioning`, versioning);
    return place;
  }

  /** The environment of a function of this deployment. */
  get environment(): Readonly<Record<string, string>> {
    const { region } = this.simulator.clientConfig;
    const config = {
      region,
      landing: { bucket: BUCKETS.landing },
      dimensions: { bucket: BUCKETS.landing },
      archive: { bucket: BUCKETS.archive },
      quarantine: { bucket: BUCKETS.quarantine },
      staging: { bucket: BUCKETS.staging },
      ledger: { bucket: BUCKETS.ledger },
      redshift: {
        database: 'weir',
        workgroupName: 'weir',
        secretArn: PROGRAM_SECRET,
        copyRoleArn: 'arn:aws:iam::123456789012:role/copy',
      },
      administrator: { secretArn: ADMIN_SECRET },
      glue: { jobName: GLUE_JOB },
      topicArn: this.topicArn,
    };
    return {
      ...this.simulator.environment,
      WEIR_CONFIG: JSON.stringify(config),
      POWERTOOLS_SERVICE_NAME: 'weir-test',
    };
  }

  /** @returns the id of the version */
  async put(key: string, body: string | Uint8Array): Promise<string> {
    const response = await this.request('PUT', `/${BUCKETS.landing}/${encodeURI(key)}`, body);
    return response.headers.get('x-amz-version-id')!;
  }

  async keysIn(bucket: string): Promise<readonly string[]> {
    const listed = await (await this.request('GET', `/${bucket}?list-type=2`)).text();
    return [...listed.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key!);
  }

  async request(method: string, path: string, body?: string | Uint8Array): Promise<Response> {
    const url = `${this.simulator.clientConfig.endpoint}${path}`;
    const response = await fetch(url, { method, ...(body === undefined ? {} : { body: Buffer.from(body as string) }) });
    if (!response.ok) throw new Error(`${method} ${path} gave ${response.status}: ${await response.text()}`);
    return response;
  }

  async close(): Promise<void> {
    await this.simulator.close();
    await this.#closeDatabase();
  }
}

async function createTopic({ clientConfig }: AwsSimulator): Promise<string> {
  const call = async (form: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ Version: '2010-03-31', ...form });
    return await (await fetch(clientConfig.endpoint, { method: 'POST', body })).text();
  };
  const created = await call({ Action: 'CreateTopic', Name: 'weir' });
  const [, topicArn] = /<TopicArn>(.*)<\/TopicArn>/.exec(created)!;
  await call({ Action: 'Subscribe', TopicArn: topicArn!, Protocol: 'email', Endpoint: 'ops@example.com' });
  return topicArn!;
}
