import { printableJson } from '@weir/core/text';

/** One line of JSON for the log of the job; never a row, never a secret. */
export function log(level: 'INFO' | 'ERROR', message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  console.error(printableJson({ level, message, ...fields }));
}
