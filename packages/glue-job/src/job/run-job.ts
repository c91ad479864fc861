import { type IngestEvent, type IngestReport, isPortError } from '@weir/core';
import { printable } from '@weir/core/text';
import type { JobOutcome } from '../protocol/driver-messages.ts';
import { type DoRunOptions, doRun } from './do-run.ts';
import type { log } from './log.ts';

export interface RunJobOptions {
  readonly createPorts: () => Omit<DoRunOptions, 'onEvent'>;
  readonly log: typeof log;
}

/** Does the run, and says in one sentence how it went. Never throws: the sentence is what Glue shows. */
export async function runJob(
  options: RunJobOptions,
): Promise<{ readonly outcome: JobOutcome; readonly message: string }> {
  try {
    const ports = options.createPorts();
    const onEvent = (event: IngestEvent) => tell(event, options);
    const outcome = await doRun({ ...ports, onEvent });
    if (outcome.kind === 'idle') {
      return { outcome: 'idle', message: `Run ${ports.runId} has ended, or another job works on it: nothing to do.` };
    }
    const message = describe(outcome.report);
    options.log('INFO', message, { runId: ports.runId, ...outcome.report.totals });
    return { outcome: 'committed', message };
  } catch (error) {
    const message = toSentence(error);
    options.log('ERROR', message, isPortError(error) ? { code: error.code, context: error.context } : {});
    return { outcome: 'failed', message };
  }
}

/** Too many, or told in a sentence. */
const UNTOLD: ReadonlySet<IngestEvent['kind']> = new Set([
  'file-progress',
  'file-started',
  'run-started',
  'run-ended',
  'run-failed',
]);

function tell(event: IngestEvent, { log }: RunJobOptions): void {
  if (UNTOLD.has(event.kind)) return;
  if (event.kind === 'file-ended') {
    const { key, status, read, rejected, problem } = event.file;
    log('INFO', event.kind, { key, status, read, rejected, problem });
  } else {
    log('INFO', event.kind, { ...event, kind: undefined });
  }
}

function describe({ runId, status, files, totals }: IngestReport): string {
  return `Run ${runId} ${status}: ${totals.read} rows of ${files.length} files, ${totals.rejected} rejected.`;
}

/** On one line, since it is the last line of a log. */
function toSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const text = isPortError(error)
    ? [error.code, `${message}${error.remedy ? ` ${error.remedy}` : ''}`].join(': ')
    : message;
  return printable(text.replace(/\s+/g, ' '));
}
