import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { measureSideBySide, named } from '../harness/measure-side-by-side.ts';
import { benchFolder, projectNode, weirCommand } from '../harness/places.ts';
import type { PartResult } from '../harness/report.ts';
import { runProcess } from '../harness/run-process.ts';
import type { Subject } from '../harness/subject.ts';

const HELP = 'weir --help';
const QUERY = 'weir runs, in the folder of a demo';
/** They are short: more rounds cost nothing. */
const ROUNDS = 11;
const folder = join(benchFolder, 'demo');
const weir = (...args: string[]) => ({ program: projectNode, args: [...weirCommand, ...args] });

/** From the start of a command to its end; the query starts the database server that comes with Weir, asks it and stops it. */
export async function start(): Promise<PartResult> {
  const subjects: Subject<undefined>[] = [
    { name: HELP, command: () => weir('--help') },
    { name: QUERY, prepare: makeDemo, command: () => ({ ...weir('runs'), cwd: folder }) },
  ];
  const measured = await measureSideBySide({ title: 'Start', subjects, jobOf: () => undefined, rounds: ROUNDS });
  const milliseconds = named(measured, HELP).seconds * 1000;
  return {
    tables: [{ title: 'Start of a command', measured }],
    targets: [
      { what: `start: ${HELP}`, value: milliseconds, bound: 'under', limit: 150, unit: 'ms' },
      {
        what: "start: the demo's first query, server included",
        value: named(measured, QUERY).seconds,
        bound: 'under',
        limit: 2,
        unit: 's',
      },
    ],
  };
}

async function makeDemo(): Promise<void> {
  if (existsSync(folder)) return;
  await runProcess(weir('demo', '--dir', folder, '--days', '3', '--rows', '1000'));
}
