import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DeploymentOptions } from '../deployment-options.ts';
import { FUNCTION_NAMES, type FunctionName } from '../permissions/work-permissions.ts';
import { SWEEP_EVERY } from './event-rules.ts';
import type { Queues } from './queues.ts';

export interface AlarmsProps {
  readonly stage: string;
  readonly options: DeploymentOptions;
  readonly queues: Queues;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly jobFailed: Rule;
  readonly workgroup: string;
  readonly topic: ITopic;
}

/** What somebody must look at, each with what to do in its text. Their meaning is told in docs/aws/operations.md. */
export class Alarms extends Construct {
  readonly all: Alarm[] = [];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const action = new SnsAction(props.topic);
    const alarm = (name: string, metric: IMetric, what: Condition) => {
      const made = new Alarm(this, name, {
        alarmName: `weir-${props.stage}-${name}`,
        alarmDescription: `${what.text} See operations.md, "${name}".`,
        metric,
        comparisonOperator: what.below
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        threshold: what.threshold,
        evaluationPeriods: what.periods ?? 1,
        treatMissingData: what.below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      });
      made.addAlarmAction(action);
      made.addOkAction(action);
      this.all.push(made);
    };

    const { queues, functions } = props;
    for (const [name, queue] of [
      ['landed-dead-letters', queues.landedDead],
      ['dimensions-dead-letters', queues.dimensionsDead],
      ['event-dead-letters', queues.eventsDead],
    ] as const) {
      alarm(name, queue.metricApproximateNumberOfMessagesVisible({ period: MINUTES_5, statistic: 'Maximum' }), {
        threshold: 1,
        text: 'An event could not be dealt with after all its retries.',
      });
    }
    for (const [name, queue] of [
      ['landed-waiting', queues.landed],
      ['dimensions-waiting', queues.dimensions],
    ] as const) {
      alarm(name, queue.metricApproximateAgeOfOldestMessage({ period: MINUTES_5, statistic: 'Maximum' }), {
        threshold: Duration.hours(1).toSeconds(),
        text: 'An event has waited for an hour.',
      });
    }
    for (const name of FUNCTION_NAMES) {
      alarm(`${name}-errors`, functions[name].metricErrors({ period: MINUTES_5 }), {
        threshold: 1,
        periods: 2,
        text: `The function ${name} failed in two periods of five minutes in a row.`,
      });
      alarm(`${name}-throttled`, functions[name].metricThrottles({ period: MINUTES_5 }), {
        threshold: 1,
        periods: 3,
        text: `The function ${name} was refused for a quarter of an hour: the account has too few concurrent executions.`,
      });
    }
    alarm('run-failed', countOf(props.jobFailed), { threshold: 1, text: 'A run of the Glue job failed.' });
    alarm('files-given-up', countedByWeir(props.stage, 'FilesGivenUp', SWEEP_EVERY), {
      threshold: 1,
      text: 'A file failed as often as it may and waits for people.',
    });
    alarm('no-run', functions['run-finished'].metricInvocations({ period: Duration.hours(1) }), {
      threshold: 1,
      below: true,
      periods: 26,
      text: 'No run has ended for 26 hours.',
    });
    alarm('no-sweep', functions.reconcile.metricInvocations({ period: Duration.hours(1) }), {
      threshold: 1,
      below: true,
      text: 'The sweep has not run for an hour.',
    });
    alarm('warehouse-capacity', computeSeconds(props.workgroup, Duration.hours(24)), {
      threshold: 0.8 * props.options.dailyRpuHours * 3600,
      text: 'The warehouse has used 80 % of the capacity that it may use in a day; at 100 % it stops until tomorrow.',
    });
  }
}

/** RPU seconds that are paid for. */
export function computeSeconds(workgroup: string, period: Duration): Metric {
  return new Metric({
    namespace: 'AWS/Redshift-Serverless',
    metricName: 'ComputeSeconds',
    dimensionsMap: { Workgroup: workgroup },
    statistic: 'Sum',
    period,
  });
}

/** How often a rule matched an event. */
export function countOf(rule: Rule, period: Duration = MINUTES_5): Metric {
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'TriggeredRules',
    dimensionsMap: { RuleName: rule.ruleName },
    statistic: 'Sum',
    period,
  });
}

/**
 * What the functions count themselves; docs/aws/operations.md lists it.
 *
 * @param labels by which the values of a metric are told apart, where it has a label
 */
export function countedByWeir(
  stage: string,
  metricName: string,
  period: Duration = MINUTES_5,
  labels: Readonly<Record<string, string>> = {},
): Metric {
  return new Metric({
    namespace: 'Weir',
    metricName,
    dimensionsMap: { service: `weir-${stage}`, ...labels },
    statistic: 'Sum',
    period,
  });
}

interface Condition {
  readonly text: string;
  readonly threshold: number;
  readonly periods?: number;
  /** Alarms below the threshold, and when nothing is heard, instead of at or above it. */
  readonly below?: boolean;
}

const MINUTES_5 = Duration.minutes(5);
