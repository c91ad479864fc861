import { type LandingZone, parsePolicy } from '@weir/core';
import { type UndoBooks, undoRun } from '@weir/core/operations';
import type { RunEventOptions } from '../command-line/add-run-events.ts';
import { createFilePlaces } from '../composition/create-file-places.ts';
import type { DatabasePorts } from '../composition/database-ports.ts';
import { withDatabase } from '../composition/with-database.ts';
import { awsSettingsOf } from '../config/aws-settings.ts';
import { CommandError, usageError } from '../errors/command-error.ts';
import { openRunEvents } from '../events/open-run-events.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { choosePlaces } from '../ingest/choose-places.ts';
import { callWeir } from '../output/call-weir.ts';
import { canAsk, confirm } from '../output/confirm.ts';
import { createMeter } from '../output/create-meter.ts';
import { formatCounted, formatTime } from '../output/format-amount.ts';
import { findRun } from '../runs/find-run.ts';
import type { Session } from '../session.ts';
import { reportUndo, tellUndo } from '../undo/tell-undo.ts';

export interface UndoCommandOptions extends RunEventOptions {
  readonly run: string;
  readonly archive?: string | undefined;
  readonly dryRun?: true | undefined;
  readonly yes?: true | undefined;
}

export async function undo(session: Session, options: UndoCommandOptions): Promise<number> {
  return await withDatabase(session, async (database) => {
    const { runId } = await session.interruption.race(findRun(database.history, options.run));
    return await undoFound(session, database, runId, options);
  });
}

async function undoFound(
  session: Session,
  database: DatabasePorts,
  runId: string,
  options: UndoCommandOptions,
): Promise<number> {
  const { screen, interruption, env } = session;
  const { undo, history, dimensions, unpacker, clock } = database;
  const archive = await openArchive(session, options);
  const meter = await createMeter(screen);
  const events = await openRunEvents(session, options, { clock });
  const ports = { undo, history, archive, dimensions, unpacker, clock };
  try {
    const outcome = await undoRun(ports, {
      runId,
      policy: session.policy ?? parsePolicy(),
      signal: interruption.signal,
      onEvent: (event) => {
        if (event.kind === 'steps-read') {
          meter.update(() => ({ phase: 'Looking what to undo', details: [formatCounted(event.steps, 'fact')] }));
          return;
        }
        if (event.kind === 'source-started') {
          meter.update(() => ({ phase: 'Reading again', details: [event.key] }));
          return;
        }
        if (event.kind === 'undo-started')
          interruption.consequence = 'The undo was committing: look with weir runs show.';
        events.take(event);
      },
      confirm: async (books) => {
        meter.stop();
        if (options.dryRun === true) return false;
        if (archive === undefined) requireNoArchive(books);
        if (options.yes === true) return true;
        tellUndo(screen, books, 'planned');
        if (!canAsk(session)) throw nobodyToAsk(runId, callWeir(env));
        return await confirm(session, 'Undo it? [y/N] ');
      },
    });
    meter.stop();
    switch (outcome.kind) {
      case 'unknown':
      case 'failed':
        throw nothingToUndo(runId);
      case 'undone-before':
        reportUndo(screen, { runId, status: 'undone-before', undoneAt: outcome.undoneAt });
        screen.say(`Run ${runId} was undone already, on ${formatTime(outcome.undoneAt)}. Nothing was changed.`);
        return EXIT_CODE.done;
      case 'left':
        reportUndo(screen, { ...outcome.books, status: 'planned', undoneAt: undefined });
        if (options.dryRun === true) tellUndo(screen, outcome.books, 'planned');
        screen.say('Nothing was changed.');
        return EXIT_CODE.done;
      case 'undone':
        reportUndo(screen, { ...outcome.books, status: 'undone', undoneAt: outcome.undoneAt });
        tellUndo(screen, outcome.books, 'done');
        return outcome.books.left.length === 0 ? EXIT_CODE.done : EXIT_CODE.refused;
    }
  } finally {
    meter.stop();
    await events.close();
  }
}

/** The archive, read as a place where files land; of the command line or of the configuration. */
async function openArchive(session: Session, { archive: named }: UndoCommandOptions): Promise<LandingZone | undefined> {
  const { archive } = choosePlaces({ archive: named }, session);
  if (archive === undefined) return undefined;
  const places = { landing: archive.value, archive: undefined, quarantine: undefined, aws: awsSettingsOf(session) };
  return (await createFilePlaces(places)).landing;
}

function requireNoArchive({ left }: UndoBooks): void {
  const missing = left.find(({ reason }) => reason === 'not-in-archive');
  if (missing === undefined) return;
  throw usageError({
    code: 'usage.missing-option',
    message: `${formatCounted(missing.facts, 'fact')} must get the row of another run back, and no archive was named to read it from. Nothing was changed.`,
    remedy: 'Name the folder of loaded files with --archive; where they stayed in the landing folder, name that one.',
  });
}

function nobodyToAsk(runId: string, weir: string): CommandError {
  return new CommandError({
    code: 'undo.not-confirmed',
    message: `Run ${runId} was not undone: there is no terminal to ask on.`,
    remedy: `Look at it with --dry-run, then call ${weir} undo with --yes.`,
  });
}

function nothingToUndo(runId: string): CommandError {
  return new CommandError({
    code: 'undo.run-failed',
    message: `Run ${runId} failed: nothing of it is stored, so that there is nothing to undo.`,
    remedy: 'Name a run that was committed; weir runs lists them.',
  });
}
