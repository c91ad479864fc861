import { relative, resolve } from 'node:path';
import { printable } from '@weir/core/text';
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

export async function demo(given: Session, options: DemoOptions): Promise<number> {
  const session = withoutConfiguration(given);
  const { screen, interruption, cwd, env } = session;
  const folder = resolve(cwd, options.dir ?? '.weir/demo');
  // A variable that is set for daily work must not send made-up facts into that database.
  const choice = await chooseDatabase({ ...session, env: {}, cwd: folder });
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
function withoutConfiguration(session: Session): Session {
  const { options, screen, configuration } = session;
  if (configuration === undefined) return session;
  if (options.config === undefined && options.profile === undefined) {
    screen.note(printable(`${configuration.file} is left alone: the demo has a policy and a database of its own.`));
    return { ...session, configuration: undefined, policy: undefined };
  }
  throw usageError({
    code: 'usage.demo-config',
    message: 'The demo runs with the default policy, since its expected result is worked out for that one.',
    remedy: 'Leave --config and --profile out; try the policy with weir generate and weir ingest.',
  });
}
