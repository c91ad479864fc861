import { Aws, CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DeployedFiles } from '../deployed-files.ts';
import type { DeploymentOptions } from '../deployment-options.ts';
import { FUNCTION_NAMES, workPermissions } from '../permissions/work-permissions.ts';
import type { StatefulStack } from '../stateful/stateful-stack.ts';
import { Alarms } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import { EventRules } from './event-rules.ts';
import { Functions } from './functions.ts';
import { IngestJob } from './ingest-job.ts';
import { Queues } from './queues.ts';
import { SetUp } from './set-up.ts';
import { weirConfig } from './weir-config.ts';

/** What does the work. It holds nothing: it can be removed and deployed again at any time. */
export class StatelessStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { options, files, stateful }: { options: DeploymentOptions; files: DeployedFiles; stateful: StatefulStack },
  ) {
    super(scope, id, { description: `Weir ${options.stage}: queues, functions, Glue job, rules, alarms` });
    const { stage } = options;
    const jobName = `weir-${stage}-ingest`;
    const permissions = workPermissions(
      stateful,
      `arn:${Aws.PARTITION}:glue:${Aws.REGION}:${Aws.ACCOUNT_ID}:job/${jobName}`,
    );
    const config = weirConfig(this, stateful, { jobName, policy: options.policy });

    const ingestJob = new IngestJob(this, 'IngestJob', {
      jobName,
      workers: options.glueWorkers,
      files,
      programs: stateful.buckets.programs,
      weirConfig: config,
      permissions: permissions['glue-job'],
      dataKey: stateful.keys.data,
      messagesKey: stateful.keys.messages,
    });
    const queues = new Queues(this, 'Queues', { stage });
    const { byName } = new Functions(this, 'Functions', {
      stage,
      files,
      weirConfig: config,
      permissions,
      queues,
      stateful,
    });
    // First the tables and the user, then all that signs in as that user, with what it may do: an upgrade goes that way too.
    const setUp = new SetUp(this, 'SetUp', { dimensions: byName.dimensions });
    ingestJob.node.addDependency(setUp);
    for (const name of FUNCTION_NAMES) {
      if (name !== 'dimensions') byName[name].node.addDependency(setUp, ingestJob.job);
    }

    const lambdas = {
      'files-landed': byName['files-landed'].lambda,
      'run-finished': byName['run-finished'].lambda,
      archive: byName.archive.lambda,
      reconcile: byName.reconcile.lambda,
      dimensions: byName.dimensions.lambda,
    };
    const rules = new EventRules(this, 'Rules', {
      stage,
      landingBucket: stateful.buckets.landing.bucketName,
      jobName,
      queues,
      functions: lambdas,
    });
    const observed = { stage, queues, functions: lambdas, jobFailed: rules.jobFailed, options };
    const workgroup = stateful.warehouse.workgroupName;
    const alarms = new Alarms(this, 'Alarms', { ...observed, workgroup, topic: stateful.notices.topic });
    new Dashboard(this, 'Dashboard', { ...observed, workgroup, jobName, alarms: alarms.all });

    new CfnOutput(this, 'GlueJob', { value: jobName });
    new CfnOutput(this, 'DashboardUrl', {
      value: `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/weir-${stage}`,
    });
  }
}
