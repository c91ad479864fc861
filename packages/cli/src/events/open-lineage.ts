import { createHash } from 'node:crypto';
import type { Clock, IngestEvent, UndoEvent } from '@weir/core';
import { type LineageEvent, LineageLog } from '@weir/core/telemetry';
import { printable } from '@weir/core/text';
import type { RunEventOptions } from '../command-line/add-run-events.ts';
import { version } from '../command-line/version.ts';
import { chooseDatabase } from '../config/choose-database.ts';
import type { Session } from '../session.ts';
import { EventFile } from './event-file.ts';
import { LineageClient } from './lineage-client.ts';
import { nameFile, nameTable } from './lineage-names.ts';
import { chooseLineageTarget, type LineageTarget } from './lineage-target.ts';
import { reasonOf } from './reason-of.ts';

interface Outlet {
  readonly write: (event: LineageEvent) => void;
  close(): Promise<void> | void;
}

/** Events of OpenLineage to where the options or the environment say; undefined where they say nothing. */
export async function openLineage(
  session: Session,
  options: RunEventOptions,
  clock: Clock,
  landing = '',
): Promise<{ take: (event: IngestEvent | UndoEvent) => void; close(): Promise<void> } | undefined> {
  const { env, cwd } = session;
  const note = (where: string, error: unknown) =>
    session.screen.note(`OpenLineage events are not sent${where}: ${reasonOf(error)}. The run goes on without.`);
  const outlet = openOutlet(() => chooseLineageTarget(options.openlineage, env, cwd), note);
  if (outlet === undefined) return undefined;
  const database = await chooseDatabase(session);
  const setting = {
    namespace: env.OPENLINEAGE_NAMESPACE || 'weir',
    version: version(),
    uuidOf,
    fileOf: (key: string) => nameFile(landing, key),
    tableOf: (table: string) => nameTable(database, table),
  };
  return { take: new LineageLog(clock, setting, outlet.write).take, close: async () => await outlet.close() };
}

function openOutlet(
  choose: () => LineageTarget | undefined,
  note: (where: string, error: unknown) => void,
): Outlet | undefined {
  let target: LineageTarget | undefined;
  try {
    target = choose();
  } catch (error) {
    note('', error);
  }
  if (target === undefined) return undefined;
  const where = ` to ${printable(target.kind === 'file' ? target.path : target.url)}`;
  const onFault = (error: unknown) => note(where, error);
  return target.kind === 'file' ? new EventFile(target.path, onFault) : new LineageClient(target, onFault);
}

/** The same for the same run: made of a hash of its id, as version 8 of RFC 9562 has it. */
export function uuidOf(runId: string): string {
  const bytes = createHash('sha256').update(`weir run ${runId}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
