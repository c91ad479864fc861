import { type App, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acknowledgedFindings } from './acknowledged-findings.ts';

type Stacks = Readonly<Record<'stateful' | 'stateless', Stack>>;

/** Has cdk-nag look at every resource at synthesis, which fails where something is found that nobody acknowledged. */
export function checkWithNag(app: App, stacks: Stacks): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  for (const { stack, at, id, reason } of acknowledgedFindings()) {
    const root = stacks[stack];
    const construct = root.node.findAll().find(({ node }) => node.path === `${root.node.path}/${at}`);
    if (construct === undefined)
      throw new Error(`There is no ${at} in the ${stack} stack: forget its acknowledgement.`);
    Validations.of(construct).acknowledge({ id: id.replace('{stateful}', stacks.stateful.stackName), reason });
  }
}
