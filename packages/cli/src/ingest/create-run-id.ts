import { randomBytes } from 'node:crypto';

/** Sorts by time as text, and is short enough to type: `20230315T061502Z-3f9a2c`. */
export function createRunId(now: number, salt: Uint8Array = randomBytes(3)): string {
  const time = new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '');
  return `${time}Z-${Buffer.from(salt).toString('hex')}`;
}
