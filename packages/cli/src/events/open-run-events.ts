import { resolve } from 'node:path';
import type { Clock, IngestEvent, UndoEvent } from '@weir/core';
import { RunEventLog } from '@weir/core/telemetry';
import { printable } from '@weir/core/text';
import type { RunEventOptions } from '../command-line/add-run-events.ts';
import { maskSecrets } from '../errors/mask-secrets.ts';
import type { Session } from '../session.ts';
import { EventFile } from './event-file.ts';
import { openLineage } from './open-lineage.ts';
import { reasonOf } from './reason-of.ts';

/** Where a command tells programs what its runs do. What cannot be told is no reason for a run to fail. */
export interface RunEvents {
  readonly take: (event: IngestEvent | UndoEvent) => void;
  /** Waits a few seconds at most for what is on its way. */
  close(): Promise<void>;
}

/** @param landing where the files of the runs land; undefined where they read none */
export async function openRunEvents(
  session: Session,
  options: RunEventOptions,
  { clock, landing }: { readonly clock: Clock; readonly landing?: string | undefined },
): Promise<RunEvents> {
  const outlets = [openEvents(session, options, clock), await openLineage(session, options, clock, landing)];
  return {
    take: (event) => {
      const safe = withoutSecrets(event);
      for (const outlet of outlets) outlet?.take(safe);
    },
    close: async () => {
      for (const outlet of outlets) await outlet?.close();
    },
  };
}

function openEvents({ screen, cwd }: Session, { events }: RunEventOptions, clock: Clock): RunEvents | undefined {
  if (events === undefined) return undefined;
  const path = resolve(cwd, events);
  const file = new EventFile(path, (error) =>
    screen.note(`Run events are not written to ${printable(path)}: ${reasonOf(error)}. The run goes on without.`),
  );
  return { take: new RunEventLog(clock, file.write).take, close: async () => file.close() };
}

function withoutSecrets(event: IngestEvent | UndoEvent): IngestEvent | UndoEvent {
  if (event.kind === 'retrying') return { ...event, reason: maskSecrets(event.reason) };
  if (event.kind !== 'run-failed' && event.kind !== 'undo-failed') return event;
  return { ...event, problem: { ...event.problem, message: maskSecrets(event.problem.message) } };
}
