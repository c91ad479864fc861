import { setTimeout as sleep } from 'node:timers/promises';
import { GlueClient, type GlueClientConfig } from '@aws-sdk/client-glue';
import { afterAll } from '@jest/globals';
import { type AwsSimulator, startAwsSimulator } from '@weir/aws-simulator';
import { inThisRealm } from './in-this-realm.ts';

type Outcome = { readonly state: 'SUCCEEDED' } | { readonly state: 'FAILED'; readonly message: string };

/** Glue for the tests of one file, with a client of the SDK. Its jobs end when a test says so. */
export interface SimulatedGlue {
  readonly simulator: AwsSimulator;
  /** @returns the name of a job that no other test has */
  makeJob(mostAtOnce: number): string;
  openClient(config?: GlueClientConfig): GlueClient;
  end(jobName: string, jobRunId: string, outcome: Outcome): Promise<void>;
}

/** Starts it at the first call, and ends it after the last test of the file. */
export function useSimulatedGlue(): () => Promise<SimulatedGlue> {
  let started: Promise<SimulatedGlue> | undefined;
  afterAll(async () => {
    await (await started)?.simulator.close();
  });
  return () => {
    started ??= startAwsSimulator({ glue: { jobs: {}, startMs: 1 } }).then(toSimulatedGlue);
    return started;
  };
}

function toSimulatedGlue(simulator: AwsSimulator): SimulatedGlue {
  const endings = new Map<string, (outcome: Outcome) => void>();
  let jobs = 0;
  return {
    simulator,
    makeJob: (mostAtOnce) => {
      const name = `weir-test-${++jobs}`;
      simulator.glue.defineJob(name, {
        maxConcurrentRuns: mostAtOnce,
        runner: ({ jobRunId, signal }) =>
          new Promise((resolve, reject) => {
            endings.set(jobRunId, resolve);
            signal.addEventListener('abort', () => reject(signal.reason));
          }),
      });
      return name;
    },
    openClient: (config = {}) => inThisRealm(new GlueClient({ ...simulator.clientConfig, ...config })),
    end: async (jobName, jobRunId, outcome) => {
      while (!endings.has(jobRunId)) await sleep(2);
      endings.get(jobRunId)!(outcome);
      const isOver = () => simulator.glue.runsOf(jobName).find(({ id }) => id === jobRunId)?.state === outcome.state;
      while (!isOver()) await sleep(1);
    },
  };
}
