import { type App, Tags } from 'aws-cdk-lib';
import { checkWithNag } from './checks/check-with-nag.ts';
import type { DeployedFiles } from './deployed-files.ts';
import type { DeploymentOptions } from './deployment-options.ts';
import { StatefulStack } from './stateful/stateful-stack.ts';
import { StatelessStack } from './stateless/stateless-stack.ts';

export interface WeirAppProps {
  readonly options: DeploymentOptions;
  readonly files: DeployedFiles;
}

/**
 * Adds both stacks, tagged and checked; `app.synth()` throws where a check finds something that nobody acknowledged.
 * The templates name no account and no region: those that are checked are those that are deployed, anywhere.
 */
export function addWeir(app: App, props: WeirAppProps) {
  const stacks = addStacks(app, props);
  checkWithNag(app, stacks);
  return stacks;
}

/** As `addWeir`, unchecked. */
export function addStacks(app: App, { options, files }: WeirAppProps) {
  for (const [flag, value] of Object.entries(FEATURE_FLAGS)) app.node.setContext(flag, value);
  const stateful = new StatefulStack(app, `weir-${options.stage}-stateful`, options);
  const stateless = new StatelessStack(app, `weir-${options.stage}-stateless`, { options, files, stateful });
  Tags.of(app).add('weir:application', 'weir');
  Tags.of(app).add('weir:stage', options.stage);
  // CloudFormation ignores an update that changes nothing but what is kept; with this it sees each resource change.
  Tags.of(app).add('weir:data-removal', options.dataRemoval);
  return { stateful, stateless };
}

/** CDK's better behaviour, which it keeps off for old applications. */
const FEATURE_FLAGS = {
  // Access logs without bucket ACLs.
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  // A queue takes events only from rules of its own account.
  '@aws-cdk/aws-events:eventsTargetQueueSameAccount': true,
  // What CDK itself finds wrong with a template is an error.
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  // CloudFormation deletes nothing that the other stack still uses.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
};
