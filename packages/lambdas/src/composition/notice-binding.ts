import { createSnsClient, SnsNotifier } from '@weir/adapters-aws';
import type { Notifier } from '@weir/core';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { CLIENT, PORT } from './aws-ports.ts';
import type { Binding } from './create-aws-ports.ts';

export const notices: Binding<'notifier'> = {
  ports: ['notifier'],
  bind(container, { config, telemetry }) {
    const { topicArn } = config;
    if (topicArn === undefined) {
      container.bind(PORT.notifier).toResolvedValue(() => new LogNotifier(telemetry));
      return;
    }
    container.bind(CLIENT.sns).toResolvedValue(() => telemetry.trace(createSnsClient(config)));
    container.bind(PORT.notifier).toResolvedValue((client) => new SnsNotifier({ client, topicArn }), [CLIENT.sns]);
  },
};

/** Where nobody is to be told, the log is. */
class LogNotifier implements Notifier {
  readonly #telemetry: Telemetry;

  constructor(telemetry: Telemetry) {
    this.#telemetry = telemetry;
  }

  async send({ subject }: Parameters<Notifier['send']>[0]): Promise<void> {
    this.#telemetry.info('No topic is configured, so nobody was told.', { subject });
  }
}
