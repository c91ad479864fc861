import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { PowertoolsTelemetry } from '../../src/telemetry/powertools-telemetry.ts';

/** Its development mode writes to the console that a test can watch, and would tell no metrics by itself. */
const ENVIRONMENT = {
  POWERTOOLS_SERVICE_NAME: 'weir-test',
  POWERTOOLS_DEV: 'true',
  POWERTOOLS_METRICS_DISABLED: 'false',
  POWERTOOLS_TRACE_ENABLED: 'false',
};
const before = { ...process.env };

beforeEach(() => {
  Object.assign(process.env, ENVIRONMENT);
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const name of Object.keys(ENVIRONMENT)) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

test('a metric is told in a log line that CloudWatch takes for one, told apart by its label and the deployment', () => {
  const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const telemetry = new PowertoolsTelemetry();
  telemetry.measure({ name: 'weir_rows_total', of: 'rejected', value: 7 });
  telemetry.measure({ name: 'weir_run_duration_seconds', of: undefined, value: 1.5 });
  const lines = said.mock.calls.map(([line]) => JSON.parse(line as string));
  expect(lines).toEqual([
    {
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'Weir',
            Dimensions: [['service', 'verdict']],
            Metrics: [{ Name: 'weir_rows_total', Unit: 'Count' }],
          },
        ],
      },
      service: 'weir-test',
      verdict: 'rejected',
      weir_rows_total: 7,
    },
    {
      _aws: expect.objectContaining({
        CloudWatchMetrics: [
          {
            Namespace: 'Weir',
            Dimensions: [['service']],
            Metrics: [{ Name: 'weir_run_duration_seconds', Unit: 'Seconds' }],
          },
        ],
      }),
      service: 'weir-test',
      weir_run_duration_seconds: 1.5,
    },
  ]);
});
