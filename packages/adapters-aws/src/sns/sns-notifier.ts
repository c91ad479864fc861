import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { type Notice, type Notifier, PortError, requireLegalNotice } from '@weir/core';
import { describeServiceFault } from '../faults/describe-service-fault.ts';
import { toSnsMessage } from './sns-message.ts';

export interface SnsNotifierOptions {
  readonly client: SNSClient;
  readonly topicArn: string;
}

/** A topic: people get the text by mail, machines the document. */
export class SnsNotifier implements Notifier {
  readonly #client: SNSClient;
  readonly #topicArn: string;

  constructor({ client, topicArn }: SnsNotifierOptions) {
    this.#client = client;
    this.#topicArn = topicArn;
  }

  async send(notice: Notice): Promise<void> {
    requireLegalNotice(notice);
    const command = new PublishCommand({
      TopicArn: this.#topicArn,
      Subject: notice.subject,
      MessageStructure: 'json',
      Message: toSnsMessage(notice),
    });
    try {
      await this.#client.send(command);
    } catch (error) {
      throw toNoticeFault(error, this.#topicArn);
    }
  }
}

function toNoticeFault(error: unknown, topicArn: string): PortError {
  const found = describeServiceFault(error, 'SNS', 'sns:Publish');
  const { kind, serviceCode, status, retryable } = found;
  const isMissing = status === 404;
  const isForbidden = kind === 'forbidden' || kind === 'credentials';
  const isRefused = isMissing || (status >= 400 && status < 500 && !retryable);
  const remedy = isMissing ? 'Deploy again, or correct topicArn in the configuration.' : found.remedy;
  return new PortError({
    code: isForbidden ? 'notifier.forbidden' : isRefused ? 'notifier.refused' : 'notifier.unreachable',
    message: `No notice can be sent to ${topicArn}: ${isMissing ? 'there is no such topic' : found.reason}.`,
    ...(remedy === undefined ? {} : { remedy }),
    retryable,
    context: { topicArn, serviceCode, status },
    cause: error,
  });
}
