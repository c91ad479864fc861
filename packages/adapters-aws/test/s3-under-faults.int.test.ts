import { describe, expect, test } from '@jest/globals';
import { startAwsSimulator } from '@weir/aws-simulator';
import { isPortError, type LandedFile, parsePolicy } from '@weir/core';
import { changeRun } from '@weir/core/runs';
import { S3FileStore } from '../src/s3/s3-file-store.ts';
import { S3LandingZone } from '../src/s3/s3-landing-zone.ts';
import { S3RunLedger } from '../src/s3/s3-run-ledger.ts';
import { hashOf } from './support/landed-files.ts';
import { type SimulatedS3, toSimulatedS3 } from './support/simulated-s3.ts';

const SEED = Number(process.env.WEIR_SEED ?? Date.now() % 1_000_000);
const SEEDS = [SEED, SEED + 1, SEED + 2];
const FAULTS = { throttling: 0.03, serverErrors: 0.05, lostAnswers: 0.08, writeConflicts: 0.15 };

async function withFaults(seed: number, play: (s3: SimulatedS3) => Promise<void>): Promise<void> {
  const simulator = await startAwsSimulator({ faults: { seed, ...FAULTS } });
  const s3 = toSimulatedS3(simulator);
  try {
    await play(s3);
  } catch (error) {
    throw new Error(`With WEIR_SEED=${seed}: ${(error as Error).message}\n${simulator.report()}`, { cause: error });
  } finally {
    s3.client.destroy();
    await simulator.close();
  }
}

/** As whoever drives a port does: again where that may help. */
async function again<Value>(call: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (!isPortError(error) || !error.retryable || tries === 20) throw error;
    }
  }
}

describe.each(SEEDS)('under faults of seed %i', (seed) => {
  test(
    'every version is archived once, whoever takes it and however often',
    () =>
      withFaults(seed, async (s3) => {
        const [landingBucket, bucket] = [
          await again(() => s3.makeBucket({ keepsVersions: true })),
          await again(() => s3.makeBucket({ keepsVersions: true })),
        ];
        const landing = new S3LandingZone({ client: s3.client, bucket: landingBucket });
        const landed: { file: LandedFile; content: string }[] = [];
        for (let i = 0; i < 24; i++) {
          const key = `day=${i % 8}/a b+c.csv`;
          const content = `${key} ${i}`;
          s3.simulator.putObjectAt(landingBucket, key, content, new Date(1_700_000_000_000 + i * 1000));
          landed.push({ file: (await again(() => landing.find(key)))!, content });
        }
        const takers = [1, 2, 3].map(() => new S3FileStore({ client: s3.openClient({}), bucket, landingBucket }));
        const takes = takers.flatMap((store) =>
          landed.map(({ file, content }) => again(() => store.take(file, hashOf(content)))),
        );
        const kinds = new Set((await Promise.all(takes)).map(({ kind }) => kind));
        expect([...kinds]).toEqual(['moved']);
        expect(await again(() => listAll(landing))).toEqual([]);
        // Looked at from behind: this is no call, and no fault befalls it.
        const { s3: store } = s3.simulator.parts;
        const stored = store.keysBelow(bucket, '').map((key) => String(store.read(bucket, key)));
        expect(stored.toSorted()).toEqual(landed.map(({ content }) => content).toSorted());
      }),
    120_000,
  );

  test(
    'every file version has one run, and no change of an entry is lost',
    () =>
      withFaults(seed, async (s3) => {
        const bucket = await again(() => s3.makeBucket({ keepsVersions: true }));
        const open = () => new S3RunLedger({ client: s3.openClient({}), bucket, prefix: 'ledger/' });
        const files = Array.from({ length: 12 }, (_, i) => ({
          key: `${i}.csv`,
          size: 1,
          modifiedAt: 0,
          version: 'v:1',
        }));
        const runs = ['run-1', 'run-2', 'run-3', 'run-4'];
        const claims = await Promise.all(runs.map((runId) => again(() => open().claim(runId, files))));
        for (const of of claims) expect(of).toEqual(claims[0]);
        expect(claims[0]!.every(({ attempt, runId }) => attempt === 1 && runs.includes(runId!))).toBe(true);

        const plan = { runId: 'run-1', plannedAt: 1, policy: parsePolicy({}), files: [] };
        const plans = await Promise.all([1, 2, 3].map(() => again(() => open().plan(plan))));
        expect(new Set(plans.map(({ entry }) => entry.revision)).size).toBe(1);
        // A change whose answer is lost, and over which another writer came, is made again: so each names itself, and twice is
        // as once.
        const changed: string[] = [];
        let doubtful = 0;
        const change = async (ledger: S3RunLedger, file: LandedFile) => {
          try {
            const { kind } = await changeRun(ledger, 'run-1', (entry) => ({
              ...entry,
              files: [...entry.files.filter(({ key }) => key !== file.key), file],
            }));
            if (kind === 'changed') changed.push(file.key);
          } catch (error) {
            if (!isPortError(error) || !error.retryable) throw error;
            doubtful++;
          }
        };
        const work = async (worker: number) => {
          const ledger = open();
          for (let i = 0; i < 10; i++) await change(ledger, { ...files[0]!, key: `${worker}-${i}` });
        };
        await Promise.all([work(1), work(2), work(3)]);
        const keys = (await again(() => open().read('run-1')))!.files.map(({ key }) => key);
        expect(changed.length).toBeGreaterThan(20);
        expect(keys).toEqual(expect.arrayContaining(changed));
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.length).toBeLessThanOrEqual(changed.length + doubtful);
      }),
    120_000,
  );
});

async function listAll(landing: S3LandingZone): Promise<readonly LandedFile[]> {
  const files: LandedFile[] = [];
  for await (const page of landing.list()) files.push(...page);
  return files;
}
