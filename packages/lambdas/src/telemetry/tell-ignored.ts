import type { LogFields, Telemetry } from './telemetry.ts';

/** An event that is none of ours is logged with the reason, and counted. */
export function tellIgnored(telemetry: Telemetry, reason: string | undefined, fields: LogFields = {}): void {
  telemetry.info('An event was ignored.', { reason, ...fields });
  telemetry.count('EventsIgnored', 1);
}
