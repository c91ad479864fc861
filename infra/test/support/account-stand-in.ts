import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * An account of AWS as far as `destroy` asks for it: STS and CloudFormation in their own words, stacks that are there until
 * they are deleted.
 */
export class AccountStandIn {
  readonly deleted: string[] = [];
  readonly #stacks: Map<string, readonly string[]>;
  readonly #server: Server;

  /** @param stacks the buckets of each stack */
  constructor(stacks: Readonly<Record<string, readonly string[]>>) {
    this.#stacks = new Map(Object.entries(stacks));
    this.#server = createServer(async (request, response) => {
      const parameters = new URLSearchParams(await text(request));
      const { status, body } = this.#answer(parameters);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
  }

  async start(): Promise<Record<string, string>> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIASTANDIN',
      AWS_SECRET_ACCESS_KEY: 'stand-in',
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(parameters: URLSearchParams): { readonly status: number; readonly body: string } {
    const action = parameters.get('Action')!;
    const stack = parameters.get('StackName') ?? '';
    const done = (result: string) => ({
      status: 200,
      body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
    });
    if (action === 'GetCallerIdentity') return done('<Account>123456789012</Account>');
    if (!this.#stacks.has(stack)) return missing(stack);
    if (action === 'DeleteStack') {
      this.deleted.push(stack);
      this.#stacks.delete(stack);
      return done('');
    }
    if (action === 'DescribeStacks') {
      const told = `<StackName>${stack}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-11-01T00:00:00Z</CreationTime>`;
      return done(`<Stacks><member>${told}</member></Stacks>`);
    }
    const buckets = this.#stacks
      .get(stack)!
      .map(
        (name) =>
          `<member><ResourceType>AWS::S3::Bucket</ResourceType><PhysicalResourceId>${name}</PhysicalResourceId><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>`,
      );
    return done(`<StackResourceSummaries>${buckets.join('')}</StackResourceSummaries>`);
  }
}

function missing(stack: string) {
  const error = `<Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${stack} does not exist</Message>`;
  return { status: 400, body: `<ErrorResponse><Error>${error}</Error></ErrorResponse>` };
}
