import { RUN_STATUSES } from '@weir/core';
import { VERDICTS } from '@weir/core/telemetry';
import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { FUNCTION_NAMES, type FunctionName } from '../permissions/work-permissions.ts';
import { computeSeconds, countedByWeir, countOf } from './alarms.ts';
import type { Queues } from './queues.ts';

export interface DashboardProps {
  readonly stage: string;
  readonly queues: Queues;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly jobFailed: Rule;
  readonly workgroup: string;
  readonly jobName: string;
  readonly alarms: readonly Alarm[];
}

/** One page that answers: is anything wrong, what waits, what runs, what does it use. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { queues, functions, jobName } = props;
    const counted = (...names: string[]) => names.map((name) => countedByWeir(props.stage, name).with({ label: name }));
    const byLabel = (name: string, label: string, values: readonly string[]) =>
      values.map((value) => countedByWeir(props.stage, name, undefined, { [label]: value }).with({ label: value }));
    const board = new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: `weir-${props.stage}`,
      defaultInterval: Duration.days(2),
    });
    board.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: [...props.alarms], width: 24, height: 4 }));
    board.addWidgets(
      graph('Events that wait', [
        queues.landed.metricApproximateNumberOfMessagesVisible({ label: 'files' }),
        queues.dimensions.metricApproximateNumberOfMessagesVisible({ label: 'dimension files' }),
      ]),
      graph('Dead letters', [
        queues.landedDead.metricApproximateNumberOfMessagesVisible({ label: 'files' }),
        queues.dimensionsDead.metricApproximateNumberOfMessagesVisible({ label: 'dimension files' }),
        queues.eventsDead.metricApproximateNumberOfMessagesVisible({ label: 'events' }),
      ]),
      graph('Runs', [
        ...counted('RunsStarted', 'RunsSwept'),
        ...byLabel('weir_runs_total', 'status', RUN_STATUSES),
        countOf(props.jobFailed).with({ label: 'jobs that failed' }),
      ]),
    );
    board.addWidgets(
      graph('Rows', byLabel('weir_rows_total', 'verdict', VERDICTS)),
      graph('Files', counted('FilesPlanned', 'FilesArchived', 'FilesQuarantined')),
      graph('Files that need somebody', counted('FilesGivenUp', 'FilesNotMoved', 'DimensionFilesRefused')),
    );
    board.addWidgets(
      graph(
        'Errors of functions',
        FUNCTION_NAMES.map((name) => functions[name].metricErrors({ label: name })),
      ),
      graph(
        'Duration of functions, longest',
        FUNCTION_NAMES.map((name) => functions[name].metricDuration({ label: name, statistic: 'Maximum' })),
      ),
      graph('Warehouse, RPU seconds an hour', [computeSeconds(props.workgroup, Duration.hours(1))]),
    );
    board.addWidgets(
      graph('Glue job: failed tasks', [glueMetric(jobName, 'glue.driver.aggregate.numFailedTasks', 'count')]),
      graph('Glue job: memory of the driver', [glueMetric(jobName, 'glue.driver.jvm.heap.usage', 'gauge')]),
      graph('Glue job: processors', [glueMetric(jobName, 'glue.ALL.system.cpuSystemLoad', 'gauge')]),
    );
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6 });
}

function glueMetric(jobName: string, metricName: string, type: 'count' | 'gauge'): Metric {
  return new Metric({
    namespace: 'Glue',
    metricName,
    dimensionsMap: { JobName: jobName, JobRunId: 'ALL', Type: type },
    statistic: type === 'count' ? 'Sum' : 'Maximum',
  });
}
