import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { METRICS, type Sample } from '@weir/core/telemetry';
import type { Context } from 'aws-lambda';
import { describeError } from './describe-error.ts';
import { InvocationError } from './invocation-error.ts';
import { printable } from './printable.ts';
import type { LogFields, Metric, Telemetry } from './telemetry.ts';

/** Logs as lines of JSON, metrics inside of log lines and traces to X-Ray, one for all invocations of a function. */
export class PowertoolsTelemetry implements Telemetry {
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  readonly #tracer: Tracer;

  /** Named as `POWERTOOLS_SERVICE_NAME` says: all functions of one deployment share a name, and so the sums of metrics. */
  constructor() {
    this.#logger = new Logger({
      jsonReplacerFn: (_, value) => (typeof value === 'string' ? printable(value) : value),
    });
    this.#metrics = new Metrics({ namespace: 'Weir', logger: this.#logger });
    // Calls of the AWS clients are traced one by one, so that the plain HTTP below them would be told twice.
    this.#tracer = new Tracer({ captureHTTPsRequests: false });
  }

  info(message: string, fields: LogFields = {}): void {
    this.#logger.info(message, fields);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.#logger.warn(message, fields);
  }

  error(message: string, fields: LogFields = {}): void {
    this.#logger.error(message, fields);
  }

  count(metric: Metric, value: number): void {
    if (value !== 0) this.#metrics.addMetric(metric, MetricUnit.Count, value);
  }

  /** In a log line of its own, since every value of a label is a metric of its own there. */
  measure({ name, of, value }: Sample): void {
    const metric = this.#metrics.singleMetric();
    const { label } = METRICS[name];
    if (label !== undefined && of !== undefined) metric.addDimension(label, of);
    metric.addMetric(name, name.endsWith('_seconds') ? MetricUnit.Seconds : MetricUnit.Count, value);
  }

  /** Has the calls of an AWS client appear in traces. */
  trace<Client>(client: Client): Client {
    return this.#tracer.captureAWSv3Client(client as never);
  }

  /**
   * Does the work of one invocation: its log lines carry the ids of the invocation, its metrics are written at its end, and
   * its error is logged.
   *
   * @param correlationId what the event is called where it came from, if it has a name there
   * @throws InvocationError
   */
  async invoke<Result>(
    context: Context,
    correlationId: string | undefined,
    work: () => Promise<Result>,
  ): Promise<Result> {
    this.#logger.addContext(context);
    this.#logger.setCorrelationId(correlationId ?? context.awsRequestId);
    const endTrace = this.#beginTrace();
    try {
      return await work();
    } catch (error) {
      this.error('The invocation failed.', { fault: describeError(error) });
      const told = new InvocationError(error);
      this.#tracer.addErrorAsMetadata(told);
      throw told;
    } finally {
      if (this.#metrics.hasStoredMetrics()) this.#metrics.publishStoredMetrics();
      endTrace();
    }
  }

  #beginTrace(): () => void {
    const segment = this.#tracer.isTracingEnabled() ? this.#tracer.getSegment() : undefined;
    if (segment === undefined) return () => undefined;
    const part = segment.addNewSubsegment('## handler');
    this.#tracer.setSegment(part);
    this.#tracer.annotateColdStart();
    this.#tracer.addServiceNameAnnotation();
    return () => {
      part.close();
      this.#tracer.setSegment(segment);
    };
  }
}
