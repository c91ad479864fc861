import { resolve } from 'node:path';
import { type DimensionSource, describeRefusal, loadDimensions, type RefusedSource } from '@weir/core';
import type { RunEventOptions } from '../command-line/add-run-events.ts';
import { withDatabase } from '../composition/with-database.ts';
import { openDimensionFile } from '../dimensions/open-dimension-file.ts';
import { CommandError, usageError } from '../errors/command-error.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { membersOf } from '../output/column.ts';
import { createMeter } from '../output/create-meter.ts';
import { formatCount, formatCounted } from '../output/format-amount.ts';
import { replayDocument } from '../rejects/describe-replay.ts';
import { healOrphans } from '../rejects/heal-orphans.ts';
import { tellReplay } from '../rejects/tell-replay.ts';
import type { Session } from '../session.ts';

export interface LoadDimensionsOptions extends RunEventOptions {
  readonly products?: string | undefined;
  readonly customers?: string | undefined;
}

export async function loadDimensionFiles(session: Session, options: LoadDimensionsOptions): Promise<number> {
  const { screen, interruption, cwd } = session;
  const files = (['products', 'customers'] as const).flatMap((dimension) => {
    const path = options[dimension];
    return path === undefined ? [] : [{ dimension, path: resolve(cwd, path) }];
  });
  if (files.length === 0) {
    throw usageError({
      code: 'usage.missing-option',
      message: 'Neither --products nor --customers was given: there is nothing to load.',
      remedy: 'Name at least one file. See weir dimensions load --help.',
    });
  }
  const sources: DimensionSource[] = [];
  for (const { dimension, path } of files) {
    sources.push({ dimension, name: path, chunks: await openDimensionFile(path, interruption.signal) });
  }
  return await withDatabase(session, async (ports) => {
    const meter = await createMeter(screen);
    try {
      const report = await loadDimensions(ports, sources, (dimension, rows) => {
        meter.update(() => ({ phase: `Loading ${dimension}`, details: [formatCounted(rows, 'row')] }));
      });
      if (report.kind === 'refused') throw refused(report.sources);
      const replay = await healOrphans(session, ports, meter, options);
      meter.stop();
      screen.document({ status: 'loaded', dimensions: report.loads, rejects: replayDocument(replay) });
      screen.records(membersOf('dimension', 'read', 'inserted', 'updated', 'unchanged'), report.loads);
      for (const load of report.loads) screen.say(describeLoad(load));
      if (replay.read > 0) tellReplay(session, replay);
    } finally {
      meter.stop();
    }
    return EXIT_CODE.done;
  });
}

type Load = { dimension: string; read: number; inserted: number; updated: number; unchanged: number };

function describeLoad({ dimension, read, inserted, updated, unchanged }: Load): string {
  const verdicts = Object.entries({ inserted, updated, unchanged }).filter(([, count]) => count > 0);
  const sum = verdicts.map(([verdict, count]) => `${formatCount(count)} ${verdict}`).join(' + ');
  return `${dimension}: ${formatCounted(read, 'row')} = ${sum || '0'}`;
}

function refused(sources: readonly RefusedSource[]): CommandError {
  const lines = sources.flatMap(describeRefusal);
  return new CommandError({
    code: 'dimensions.refused',
    message: ['The dimensions were not loaded, because not every row is good. Nothing was changed.', ...lines].join(
      '\n',
    ),
    remedy: 'Mend these rows and load again.',
    document: { status: 'refused', sources },
  });
}
