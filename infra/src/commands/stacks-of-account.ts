import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  paginateListStackResources,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';

/** The stacks of the account that this machine's credentials are for. */
export class StacksOfAccount {
  readonly #client: CloudFormationClient;

  constructor(client: CloudFormationClient = new CloudFormationClient({})) {
    this.#client = client;
  }

  async exists(stackName: string): Promise<boolean> {
    try {
      const { Stacks } = await this.#client.send(new DescribeStacksCommand({ StackName: stackName }));
      return (Stacks ?? []).some(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
    } catch (error) {
      if ((error as Error).name === 'ValidationError' && /does not exist/.test((error as Error).message)) return false;
      throw error;
    }
  }

  /** The names of a stack's buckets. */
  async buckets(stackName: string): Promise<string[]> {
    const names: string[] = [];
    for await (const page of paginateListStackResources({ client: this.#client }, { StackName: stackName })) {
      for (const { ResourceType, PhysicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? []) {
        if (ResourceType === 'AWS::S3::Bucket' && PhysicalResourceId && ResourceStatus !== 'DELETE_COMPLETE') {
          names.push(PhysicalResourceId);
        }
      }
    }
    return names;
  }

  /** Deletes a stack and waits until it is gone. */
  async delete(stackName: string): Promise<void> {
    await this.#client.send(new DeleteStackCommand({ StackName: stackName }));
    await waitUntilStackDeleteComplete({ client: this.#client, maxWaitTime: 3600 }, { StackName: stackName });
  }
}
