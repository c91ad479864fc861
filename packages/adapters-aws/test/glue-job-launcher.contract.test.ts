import { jobLauncherContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { GlueJobLauncher } from '../src/glue/glue-job-launcher.ts';
import { useSimulatedGlue } from './support/simulated-glue.ts';

const openGlue = useSimulatedGlue();

runContract(jobLauncherContract, 'GlueJobLauncher', async () => {
  const { simulator, makeJob, openClient, end } = await openGlue();
  const jobName = makeJob(2);
  const client = openClient();
  return {
    launcher: new GlueJobLauncher({ client, jobName }),
    mostAtOnce: 2,
    end: (jobRunId, outcome) =>
      end(
        jobName,
        jobRunId,
        outcome.kind === 'succeeded' ? { state: 'SUCCEEDED' } : { state: 'FAILED', message: outcome.reason },
      ),
    loseNextAnswer: async () => {
      simulator.injectFault({ service: 'AWSGlue', operation: 'StartJobRun', call: 1, when: 'after', as: 'reset' });
    },
    started: async () => simulator.glue.runsOf(jobName).map((run) => run.arguments['--run-id']),
    close: async () => client.destroy(),
  };
});
