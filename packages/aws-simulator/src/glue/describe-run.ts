import type { GlueJobDefinition, JobRun } from './glue-job.ts';

const GLUE_VERSION = '5.1';

/** A run as GetJobRun tells it: the arguments of the call, without those of the job. */
export function describeRun(run: JobRun, { workerType = 'G.1X', numberOfWorkers = 2 }: GlueJobDefinition): object {
  const { startedAt, modifiedAt, completedAt } = run;
  return {
    ...{ Id: run.id, JobName: run.jobName, JobRunState: run.state, Arguments: run.arguments },
    ...{ Attempt: run.attempt, PreviousRunId: run.previous, PredecessorRuns: [], ErrorMessage: run.message },
    ...{ StartedOn: startedAt / 1000, LastModifiedOn: modifiedAt / 1000 },
    ...(completedAt !== undefined && { CompletedOn: completedAt / 1000 }),
    ExecutionTime: completedAt === undefined ? 0 : Math.round((completedAt - startedAt) / 1000),
    ...{ Timeout: run.timeout, GlueVersion: GLUE_VERSION, ExecutionClass: 'STANDARD', LogGroupName: '/aws-glue/jobs' },
    ...{ WorkerType: workerType, NumberOfWorkers: numberOfWorkers },
  };
}

export function describeJob(name: string, job: GlueJobDefinition): object {
  return {
    ...{ Name: name, Command: { Name: 'glueetl', PythonVersion: '3' }, GlueVersion: GLUE_VERSION, MaxRetries: 0 },
    ...{ DefaultArguments: job.defaultArguments ?? {}, Timeout: job.timeout ?? 480 },
    ...{ WorkerType: job.workerType ?? 'G.1X', NumberOfWorkers: job.numberOfWorkers ?? 2 },
    ExecutionProperty: { MaxConcurrentRuns: job.maxConcurrentRuns ?? 1 },
  };
}
