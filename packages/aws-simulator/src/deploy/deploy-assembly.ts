import type { GlueRunner } from '../glue/glue-job.ts';
import { CREATE } from './create-resources.ts';
import type { DeploymentTarget } from './deployment-target.ts';
import { readAssembly } from './read-assembly.ts';
import { type ResolvedStack, resolveStack } from './resolve-stack.ts';
import { CREATION_ORDER, INVOKE_CONFIG, isApiCall, isCreated, isWithoutEffect } from './resource-kinds.ts';
import { runCustomResource } from './run-custom-resource.ts';
import type { ResolvedResource } from './template.ts';

export interface DeploymentOptions {
  /** Runs every Glue job of the templates; without it there is none. */
  readonly runJob?: GlueRunner;
  /** Added to the environment of every function, over what the template says. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether custom resources run; they do where it is left out. */
  readonly runsCustomResources?: boolean;
}

export interface Deployment {
  /** By stack and name. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** All resources with their properties resolved, for tests that look into them. */
  readonly resources: readonly ResolvedResource[];
}

/**
 * Creates in the simulator what synthesized templates describe. Who may do what is not looked at.
 *
 * @param folder of a synthesis of CDK
 * @throws Error for a resource that the simulator does not know, and where a custom resource fails
 */
export async function deployAssembly(
  simulator: DeploymentTarget,
  folder: string,
  options: DeploymentOptions = {},
): Promise<Deployment> {
  const { stacks, assets } = readAssembly(folder);
  const { region, account } = simulator.parts.context;
  const place = { region, account, endpoint: simulator.clientConfig.endpoint };
  const exports = new Map<string, string>();
  const resolved: ResolvedStack[] = [];
  for (const stack of stacks) resolved.push(resolveStack(stack, place, exports));
  const all = resolved.flatMap(({ resources }) => resources);
  const custom = all.filter(isRun);
  const { environment = {}, runJob, runsCustomResources = true } = options;
  for (const kind of CREATION_ORDER) {
    for (const resource of all.filter(({ type }) => type === kind)) {
      CREATE[kind](withName(resource), { simulator, assets, all, runJob, environment });
    }
  }
  if (runsCustomResources) for (const resource of custom) await runCustomResource(simulator, resource);
  return { outputs: Object.fromEntries(resolved.map(({ name, outputs }) => [name, outputs])), resources: all };
}

/** @throws Error for a resource that is neither created, nor run, nor known to be without effect */
function isRun({ type, properties, logicalId, stack }: ResolvedResource): boolean {
  if (isCreated(type) || isWithoutEffect(type) || type === INVOKE_CONFIG || isApiCall(type, properties)) return false;
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') return true;
  throw new Error(`The stack ${stack} has ${logicalId} of type ${type}, which the simulator does not deploy.`);
}

/** A queue without a name of its own: the last part of what refers to it. */
function withName(resource: ResolvedResource): ResolvedResource {
  if (resource.type !== 'AWS::SQS::Queue') return resource;
  const QueueName = resource.ref.slice(resource.ref.lastIndexOf('/') + 1);
  return { ...resource, properties: { ...resource.properties, QueueName } };
}
