import { queryFault, queryResponse } from '../server/encode-query.ts';
import { escapeXml } from '../server/escape-xml.ts';
import {
  notImplemented,
  type ServiceFault,
  type ServiceRequest,
  type ServiceResponse,
  type SimulatedService,
} from '../server/service.ts';
import type { Topics } from './topics.ts';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** SNS in its query protocol: standard topics. */
export class SnsService implements SimulatedService {
  readonly target = 'SNS';
  readonly throttle = { code: 'Throttled', status: 429 };
  private readonly topics: Topics;

  constructor(topics: Topics) {
    this.topics = topics;
  }

  async handle(request: ServiceRequest): Promise<ServiceResponse> {
    const form = new URLSearchParams(request.body.toString('utf8'));
    return queryResponse(NAMESPACE, request, this.answer(request.operation!, form));
  }

  encodeFault(fault: ServiceFault, request: ServiceRequest): ServiceResponse {
    return queryFault(NAMESPACE, fault, request);
  }

  private answer(operation: string, form: URLSearchParams): string {
    const topicArn = form.get('TopicArn') ?? form.get('TargetArn') ?? '';
    switch (operation) {
      case 'CreateTopic':
        if (form.get('Name')?.endsWith('.fifo')) throw notImplemented('FIFO topics');
        return `<TopicArn>${escapeXml(this.topics.create(form.get('Name') ?? ''))}</TopicArn>`;
      case 'Subscribe':
        return this.subscribe(topicArn, form);
      case 'ListSubscriptionsByTopic':
        this.topics.check(topicArn);
        return `<Subscriptions>${this.list(topicArn)}</Subscriptions>`;
      case 'Publish':
        return this.publish(topicArn, form);
      default:
        throw notImplemented(`SNS ${operation}`);
    }
  }

  private subscribe(topicArn: string, form: URLSearchParams): string {
    const attributes = attributesOf(form);
    for (const name of Object.keys(attributes)) {
      if (name !== 'RawMessageDelivery') throw notImplemented(`the subscription attribute ${name}`);
    }
    const isRaw = attributes.RawMessageDelivery === 'true';
    const subscription = this.topics.subscribe(topicArn, form.get('Protocol') ?? '', form.get('Endpoint') ?? '', isRaw);
    const isTold = subscription.isConfirmed || form.get('ReturnSubscriptionArn') === 'true';
    return `<SubscriptionArn>${isTold ? escapeXml(subscription.arn) : 'pending confirmation'}</SubscriptionArn>`;
  }

  private publish(topicArn: string, form: URLSearchParams): string {
    const known = ['Action', 'Version', 'TopicArn', 'TargetArn', 'Subject', 'Message', 'MessageStructure'];
    for (const name of form.keys()) if (!known.includes(name)) throw notImplemented(`${name} of a message`);
    const messageId = this.topics.publish(topicArn, {
      subject: form.get('Subject') ?? undefined,
      message: form.get('Message') ?? '',
      structure: form.get('MessageStructure') ?? undefined,
    });
    return `<MessageId>${messageId}</MessageId>`;
  }

  private list(topicArn: string): string {
    return this.topics.subscriptions
      .filter((subscription) => subscription.topicArn === topicArn)
      .map(({ arn, protocol, endpoint, isConfirmed }) => {
        const shown = isConfirmed ? arn : 'PendingConfirmation';
        return `<member><SubscriptionArn>${escapeXml(shown)}</SubscriptionArn><TopicArn>${escapeXml(topicArn)}</TopicArn><Protocol>${protocol}</Protocol><Endpoint>${escapeXml(endpoint)}</Endpoint></member>`;
      })
      .join('');
  }
}

/** `Attributes.entry.1.key`, `Attributes.entry.1.value` */
function attributesOf(form: URLSearchParams): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (let i = 1; form.has(`Attributes.entry.${i}.key`); i += 1) {
    attributes[form.get(`Attributes.entry.${i}.key`)!] = form.get(`Attributes.entry.${i}.value`) ?? '';
  }
  return attributes;
}
