import { jsonResponse, readJson } from '../server/encode-json.ts';
import {
  notImplemented,
  ServiceFault,
  type ServiceRequest,
  type ServiceResponse,
  type SimulatedService,
} from '../server/service.ts';
import type { EventBus } from './event-bus.ts';
import { matchesPattern, parsePattern } from './match-pattern.ts';
import type { Rule, RuleTarget } from './rule.ts';

/** Bytes of all entries of one PutEvents. */
const MAX_ENTRIES_SIZE = 262_144;

// biome-ignore lint/suspicious/noExplicitAny: what a client sent; each operation checks what it takes.
type Input = Record<string, any>;

/** EventBridge with its default bus. */
export class EventBridgeService implements SimulatedService {
  readonly target = 'AWSEvents';
  private readonly bus: EventBus;
  private readonly arnOf: (rule: string) => string;

  constructor(bus: EventBus, { region, account }: { region: string; account: string }) {
    this.bus = bus;
    this.arnOf = (rule) => `arn:aws:events:${region}:${account}:rule/${rule}`;
  }

  async handle(request: ServiceRequest): Promise<ServiceResponse> {
    const input = readJson(request) as Input;
    if ((input.EventBusName ?? 'default') !== 'default') throw notImplemented('event buses other than the default one');
    return jsonResponse(this.answer(request.operation!, input));
  }

  private answer(operation: string, input: Input): unknown {
    const { rules } = this.bus;
    switch (operation) {
      case 'PutRule':
        return { RuleArn: this.putRule(input) };
      case 'ListRules':
        return {
          Rules: [...rules.values()].filter(({ name }) => name.startsWith(input.NamePrefix ?? '')).map(describe),
        };
      case 'PutEvents':
        return this.putEvents(input.Entries);
      case 'TestEventPattern':
        return { Result: matchesPattern(parsePattern(input.EventPattern), JSON.parse(input.Event)) };
      case 'DeleteRule':
        return this.deleteRule(input.Name);
      case 'DescribeRule':
        return describe(this.find(input.Name));
      case 'EnableRule':
      case 'DisableRule':
        rules.set(input.Name, { ...this.find(input.Name), isEnabled: operation === 'EnableRule' });
        return {};
      case 'PutTargets':
        for (const target of (input.Targets as Input[]).map(readTarget))
          this.find(input.Rule).targets.set(target.id, target);
        return { FailedEntryCount: 0, FailedEntries: [] };
      case 'RemoveTargets':
        for (const id of input.Ids) this.find(input.Rule).targets.delete(id);
        return { FailedEntryCount: 0, FailedEntries: [] };
      case 'ListTargetsByRule':
        return { Targets: [...this.find(input.Rule).targets.values()].map(({ id, arn }) => ({ Id: id, Arn: arn })) };
      default:
        throw notImplemented(`EventBridge ${operation}`);
    }
  }

  private putRule({ Name, EventPattern, ScheduleExpression, State }: Input): string {
    if (EventPattern === undefined && ScheduleExpression === undefined) {
      throw new ServiceFault(
        'ValidationException',
        'Parameter(s) EventPattern or ScheduleExpression must be specified.',
      );
    }
    if (ScheduleExpression !== undefined && !/^(rate|cron)\(.+\)$/.test(ScheduleExpression)) {
      throw new ServiceFault('ValidationException', 'Parameter ScheduleExpression is not valid.');
    }
    const arn = this.arnOf(Name);
    this.bus.rules.set(Name, {
      name: Name,
      arn,
      patternText: EventPattern,
      pattern: EventPattern === undefined ? undefined : parsePattern(EventPattern),
      schedule: ScheduleExpression,
      isEnabled: State !== 'DISABLED',
      targets: this.bus.rules.get(Name)?.targets ?? new Map(),
    });
    return arn;
  }

  private deleteRule(name: string): unknown {
    if ((this.bus.rules.get(name)?.targets.size ?? 0) > 0) {
      throw new ServiceFault('ValidationException', "Rule can't be deleted since it has targets.");
    }
    this.bus.rules.delete(name);
    return {};
  }

  private putEvents(entries: readonly Input[]): unknown {
    if (!(entries?.length > 0 && entries.length <= 10)) {
      throw new ServiceFault('ValidationException', 'A request has from 1 to 10 entries.');
    }
    if (Buffer.byteLength(JSON.stringify(entries)) > MAX_ENTRIES_SIZE) {
      throw new ServiceFault('ValidationException', 'Total size of the entries in the request is over the limit.');
    }
    const results = entries.map((entry) => this.putEvent(entry));
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  }

  private putEvent({ Source, DetailType, Detail, Resources }: Input): object {
    if (!Source || !DetailType || !Detail) {
      return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Source, DetailType or Detail is not valid.' };
    }
    try {
      const detail = JSON.parse(Detail);
      const event = { source: Source, 'detail-type': DetailType, resources: Resources, detail };
      this.bus.publish(event);
      return { EventId: this.bus.complete(event).id };
    } catch {
      return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    }
  }

  private find(name: string): Rule {
    const rule = this.bus.rules.get(name);
    if (rule) return rule;
    throw new ServiceFault('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
  }
}

/** @throws ServiceFault `NotImplemented` for what would change what a target gets */
export function readTarget(target: Input): RuleTarget {
  const known = ['Id', 'Arn', 'Input', 'InputPath', 'DeadLetterConfig', 'RetryPolicy', 'RoleArn'];
  for (const name of Object.keys(target)) if (!known.includes(name)) throw notImplemented(`${name} of a rule's target`);
  return {
    id: target.Id,
    arn: target.Arn,
    input: target.Input,
    inputPath: target.InputPath,
    deadLetterArn: target.DeadLetterConfig?.Arn,
  };
}

function describe({ name, arn, patternText, schedule, isEnabled }: Rule): unknown {
  return {
    Name: name,
    Arn: arn,
    EventPattern: patternText,
    ScheduleExpression: schedule,
    State: isEnabled ? 'ENABLED' : 'DISABLED',
    EventBusName: 'default',
  };
}
