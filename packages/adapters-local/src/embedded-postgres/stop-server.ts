import { programFault } from './fault-of.ts';
import { locateBinaries } from './locate-binaries.ts';
import { firstOf, runProgram } from './run-program.ts';
import { readServerFile, runningServer } from './running-server.ts';
import { chooseAccount } from './server-account.ts';

/** Rolls back what is open and stops in order. The caller holds the lock of the home. */
export async function stopServer(home: string): Promise<void> {
  if (!(await runningServer(home))) return;
  const account = await chooseAccount(home);
  const { pg_ctl } = await locateBinaries(account);
  const stopping = runProgram(pg_ctl, ['stop', '--pgdata', 'data', '--mode', 'fast', '--wait', '--timeout', '600'], {
    account,
    cwd: home,
    timeoutMs: 660_000,
  });
  const end = await firstOf(stopping, () => (readServerFile(home) === undefined ? 'stopped' : undefined));
  if (end !== 'stopped' && end.code !== 0) throw programFault('could not be stopped', home, end.output);
}
