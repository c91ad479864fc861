import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe } from '@jest/globals';
import { AwsPlace } from './aws-place.ts';
import { buildBundles } from './build-bundles.ts';
import { buildRic, RicFunction } from './ric-function.ts';
import { TraceDaemon } from './trace-daemon.ts';

/** A simulated AWS whose functions run under aws-lambda-ric. */
export interface RicAccount {
  readonly place: AwsPlace;
  /** What the daemon of X-Ray was told. */
  readonly traces: TraceDaemon['parts'];
  /** Starts a function; it is ended after the test. */
  start(name: string, environment?: Readonly<Record<string, string>>): Promise<RicFunction>;
}

/** Tests that take a minute for building the client; done where WEIR_RIC=1 is set, and skipped with a line elsewhere. */
export function describeRic(title: string, body: (account: RicAccount) => void): void {
  if (process.env.WEIR_RIC !== '1') process.stderr.write(`${title}: skipped, since WEIR_RIC=1 is not set\n`);
  const describeIt = process.env.WEIR_RIC === '1' ? describe : describe.skip;
  describeIt(title, () => body(openAround()));
}

function openAround(): RicAccount {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bundles-'));
  const daemon = new TraceDaemon();
  const started: RicFunction[] = [];
  let ric: string;
  let folderOf: (name: string) => string;
  let place: AwsPlace | undefined;
  let daemonAddress: string;

  beforeAll(async () => {
    ric = buildRic();
    folderOf = buildBundles(folder);
    place = await AwsPlace.open(async () => ({ state: 'SUCCEEDED' }));
    daemonAddress = await daemon.listen();
  }, 300_000);
  afterEach(async () => {
    await Promise.all(started.splice(0).map((one) => one.close()));
  });
  afterAll(async () => {
    daemon.close();
    await place?.close();
    rmSync(folder, { recursive: true });
  });

  return {
    get place() {
      return place!;
    },
    traces: daemon.parts,
    start: async (name, more = {}) => {
      const environment = { ...place!.environment, AWS_XRAY_DAEMON_ADDRESS: daemonAddress, ...more };
      const one = await RicFunction.start(ric, folderOf(name), environment);
      started.push(one);
      return one;
    },
  };
}
