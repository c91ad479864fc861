import { randomUUID } from 'node:crypto';
import type { DeploymentTarget } from './deployment-target.ts';
import type { ResolvedResource } from './template.ts';

/** As on AWS, a function answers by a PUT into a bucket of CloudFormation's. */
const ANSWERS = 'cloudformation-custom-resource-response-simulated';

/**
 * Asks the function of a custom resource to create it, and waits for its answer.
 *
 * @throws Error what the function said went wrong, or that it said nothing
 */
export async function runCustomResource(simulator: DeploymentTarget, resource: ResolvedResource): Promise<void> {
  const { stack, logicalId, type, properties } = resource;
  const { s3, lambda } = simulator.parts;
  if (s3.store.find(ANSWERS) === undefined) s3.store.create(ANSWERS);
  const key = randomUUID();
  const { region, account } = simulator.parts.context;
  const { ServiceToken } = properties;
  const event = {
    RequestType: 'Create',
    RequestId: key,
    ServiceToken,
    ResponseURL: `${simulator.clientConfig.endpoint}/${ANSWERS}/${key}`,
    StackId: `arn:aws:cloudformation:${region}:${account}:stack/${stack}/simulated`,
    LogicalResourceId: logicalId,
    ResourceType: type,
    ResourceProperties: properties,
  };
  const name = ServiceToken.slice(ServiceToken.lastIndexOf(':') + 1);
  await lambda.invoke(name, JSON.stringify(event));
  const answer = s3.read(ANSWERS, key);
  if (answer === undefined) throw new Error(`The function ${name} gave CloudFormation no answer about ${logicalId}.`);
  const { Status, Reason } = JSON.parse(answer.toString('utf8')) as { Status: string; Reason?: string };
  if (Status !== 'SUCCESS') throw new Error(`The function ${name} did not create ${logicalId}: ${Reason}`);
}
