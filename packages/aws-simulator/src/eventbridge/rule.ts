import type { EventPattern } from './match-pattern.ts';

export interface RuleTarget {
  readonly id: string;
  readonly arn: string;
  /** Sent instead of the event, as it is. */
  readonly input: string | undefined;
  /** The part of the event that is sent: `$.detail`. */
  readonly inputPath: string | undefined;
  /** The queue that gets what cannot be handed over. */
  readonly deadLetterArn: string | undefined;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly patternText: string | undefined;
  readonly pattern: EventPattern | undefined;
  /** `rate(15 minutes)` */
  readonly schedule: string | undefined;
  readonly isEnabled: boolean;
  readonly targets: Map<string, RuleTarget>;
}
