import { SubscribeCommand } from '@aws-sdk/client-sns';
import { notifierContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { SnsNotifier } from '../src/sns/sns-notifier.ts';
import { useSimulatedSns } from './support/simulated-sns.ts';

const openSns = useSimulatedSns();

runContract(notifierContract, 'SnsNotifier', async () => {
  const { simulator, client, makeTopic } = await openSns();
  const topicArn = await makeTopic();
  const mails = (to: string) => simulator.mailbox.filter((mail) => mail.topicArn === topicArn && mail.to === to);
  for (const [Protocol, Endpoint] of [
    ['email', 'people@example.test'],
    ['email-json', 'machines@example.test'],
  ]) {
    await client.send(new SubscribeCommand({ TopicArn: topicArn, Protocol, Endpoint }));
  }
  return {
    notifier: new SnsNotifier({ client, topicArn }),
    received: async () => {
      await simulator.settle();
      const machines = mails('machines@example.test');
      return mails('people@example.test').map(({ subject, body }, i) => ({
        subject,
        text: body,
        document: JSON.parse(JSON.parse(machines[i]!.body).Message),
      }));
    },
    close: async () => {},
  };
});
