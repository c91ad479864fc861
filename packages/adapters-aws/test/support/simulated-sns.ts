import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll } from '@jest/globals';
import { type AwsSimulator, startAwsSimulator } from '@weir/aws-simulator';
import { inThisRealm } from './in-this-realm.ts';

/** SNS for the tests of one file, with a client of the SDK. */
export interface SimulatedSns {
  readonly simulator: AwsSimulator;
  readonly client: SNSClient;
  /** @returns the ARN of a topic that no other test has */
  makeTopic(): Promise<string>;
}

/** Starts it at the first call, and ends it after the last test of the file. */
export function useSimulatedSns(): () => Promise<SimulatedSns> {
  let started: Promise<SimulatedSns> | undefined;
  afterAll(async () => {
    const sns = await started;
    sns?.client.destroy();
    await sns?.simulator.close();
  });
  return () => {
    started ??= startAwsSimulator().then(toSimulatedSns);
    return started;
  };
}

function toSimulatedSns(simulator: AwsSimulator): SimulatedSns {
  const client = inThisRealm(new SNSClient(simulator.clientConfig));
  let topics = 0;
  return {
    simulator,
    client,
    makeTopic: async () => (await client.send(new CreateTopicCommand({ Name: `weir-test-${++topics}` }))).TopicArn!,
  };
}
