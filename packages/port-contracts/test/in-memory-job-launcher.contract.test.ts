import { InMemoryJobLauncher } from '@weir/core/testing';
import { jobLauncherContract } from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';

runContract(jobLauncherContract, 'InMemoryJobLauncher', async () => {
  const launcher = new InMemoryJobLauncher(2);
  return {
    launcher,
    mostAtOnce: 2,
    end: async (jobRunId, state) => launcher.end(jobRunId, state),
    loseNextAnswer: async () => launcher.loseNextAnswer(),
    started: async () => launcher.jobs().map(({ runId }) => runId),
    close: async () => {},
  };
});
