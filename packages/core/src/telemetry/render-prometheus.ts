import type { RunHistory } from '../ports/run-history.port.ts';
import { measureHistory } from './measure.ts';
import { METRICS, type Sample } from './metrics.ts';

/** The media type of `renderPrometheus`. */
export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * The metrics of a warehouse as Prometheus scrapes them. Asks the warehouse anew each time: no process keeps counts.
 *
 * @throws PortError
 */
export async function readMetrics(history: Pick<RunHistory, 'runs' | 'sumUp'>): Promise<string> {
  const [newest] = await history.runs({ limit: 1 });
  return renderPrometheus(measureHistory(await history.sumUp(), newest));
}

/** Samples in the text format of Prometheus, in the order of `METRICS`. */
export function renderPrometheus(samples: readonly Sample[]): string {
  return Object.entries(METRICS)
    .flatMap(([name, { type, help }]) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...samples.filter((sample) => sample.name === name).map(renderSample),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

/** Names and values of labels are words of our own: nothing in them must be escaped. */
export function renderSample({ name, of, value }: Sample): string {
  const { label } = METRICS[name];
  return label === undefined ? `${name} ${value}` : `${name}{${label}="${of}"} ${value}`;
}
