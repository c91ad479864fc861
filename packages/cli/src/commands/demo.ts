import { relative, resolve } from 'node:path';
import { openDatabase } from '../composition/open-database.ts';
import { chooseDatabase } from '../config/choose-database.ts';
import { Demo } from '../demo/demo.ts';
import { leaveDemoFolder, prepareDemoFolder } from '../demo/prepare-demo-folder.ts';
import { refuseUsedDatabase } from '../demo/refuse-used-database.ts';
import { tellDemoEnd } from '../demo/tell-demo-end.ts';
import { usageError } from '../errors/command-error.ts';
import { EXIT_CODE } from '../exit-code.ts';
import type { Session } from '../session.ts';

export interface DemoOptions {
  readonly days: number;
  readonly rows: number;
  readonly dir?: string | undefined;
}

export async function demo(session: Session, options: DemoOptions): Promise<number> {
  const { screen, interruption, cwd, env } = session;
  refusePolicy(session);
  const folder = resolve(cwd, options.dir ?? '.weir/demo');
  // A variable that is set for daily work must not send made-up facts into that database.
  const choice = chooseDatabase(session.options.databaseUrl, {}, folder);
  if (choice.kind === 'embedded' && env.WEIR_DATABASE_URL) {
    screen.note('WEIR_DATABASE_URL is left alone: the demo has a database of its own.');
  }
  interruption.consequence = 'The demo is not finished; it starts from clean each time.';
  await prepareDemoFolder(folder);
  try {
    const database = await openDatabase(session, { choice, mayBeEmpty: true });
    try {
      if (choice.kind === 'url') await refuseUsedDatabase(database.ports);
      const demo = new Demo(session, { ...options, folder, database: database.ports });
      const result = await demo.play();
      tellDemoEnd(session, { result, folder: relative(cwd, folder) || '.', isEmbedded: choice.kind === 'embedded' });
      return result.differences.length === 0 ? EXIT_CODE.done : EXIT_CODE.failed;
    } finally {
      await database.close();
    }
  } finally {
    await leaveDemoFolder(folder);
  }
}

/** The answer key knows the default policy only. */
function refusePolicy({ policy }: Session): void {
  if (policy === undefined) return;
  throw usageError({
    code: 'usage.demo-config',
    message: 'The demo runs with the default policy, since its expected result is worked out for that one.',
    remedy: 'Leave --config out; try the policy with weir generate and weir ingest.',
  });
}
