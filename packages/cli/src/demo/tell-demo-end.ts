import { BOOKS_COLUMNS } from '../output/books-columns.ts';
import { callWeir } from '../output/call-weir.ts';
import { type Column, membersOf } from '../output/column.ts';
import { formatCount, formatCounted, formatDuration } from '../output/format-amount.ts';
import { section } from '../output/section.ts';
import type { Session } from '../session.ts';
import type { DemoResult } from './demo.ts';

export interface DemoEnd {
  readonly result: DemoResult;
  /** As the person would type it. */
  readonly folder: string;
  readonly isEmbedded: boolean;
}

/** A short summary, and where to look further. */
export function tellDemoEnd({ screen, env }: Session, { result, folder, isEmbedded }: DemoEnd): void {
  const { reports, differences, facts, took } = result;
  const { green, red, bold } = screen.colors;
  const isRight = differences.length === 0;
  const read = reports.reduce((sum, { totals }) => sum + totals.read, 0);
  screen.document({
    status: isRight ? 'as-expected' : 'different',
    ...{ folder, facts, differences },
    runs: reports.map(({ runId, status, totals }) => ({ runId, status, totals })),
    ...(isRight ? {} : { error: { code: 'demo.different', message: differences.join('; '), remedy: REMEDY } }),
  });
  screen.records(RUNS, reports);
  screen.say();
  if (isRight) {
    const amount = `${formatCounted(read, 'row')} read in ${formatCounted(reports.length, 'run')}`;
    screen.say(
      `${green(bold('Done'))} in ${formatDuration(took)}: ${amount}, ${formatCount(facts)} facts, each as it must be.`,
    );
  } else {
    screen.note(`${red(bold('error:'))} The fact table is not what the answer key says: ${differences.join('; ')}.`);
    screen.note(`  ${bold('next:')} ${REMEDY}`);
    screen.note('  code: demo.different');
  }
  const weir = callWeir(env);
  const where = isEmbedded ? [`  cd ${folder}`] : [];
  const url = isEmbedded ? '' : ' --database-url ...';
  section(screen, 'Look further', [
    ...where,
    `  ${weir} runs${url}   the runs of this demo`,
    `  ${weir} runs show ${reports[0]?.runId}${url}   the books of the first, file by file`,
    `  ${weir} generate --out more --days 30 --faults heavy   a larger and dirtier shop`,
    `  ${weir} --help   everything else`,
  ]);
}

const RUNS: readonly Column<DemoResult['reports'][number]>[] = [
  ...membersOf('runId', 'status'),
  ...BOOKS_COLUMNS.map(
    ({ name, value }): Column<DemoResult['reports'][number]> => ({ name, value: ({ totals }) => value(totals) }),
  ),
];

const REMEDY = 'That is a bug of Weir: please report it with the output above.';
