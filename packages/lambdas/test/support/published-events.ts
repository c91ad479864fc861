import { readFileSync } from 'node:fs';
import { sharedPath } from '../../../core/test/support/shared-data.ts';

/** An event from the documentation of AWS. */
export function readEvent(file: string): unknown {
  return JSON.parse(readFileSync(sharedPath('aws-events', file), 'utf8'));
}
