import { createCluster } from './create-cluster.ts';
import { locateBinaries } from './locate-binaries.ts';
import { type RunningServer, runningServer } from './running-server.ts';
import { chooseAccount } from './server-account.ts';
import { defaultSettings } from './server-settings.ts';
import { startServer } from './start-server.ts';
import { withHomeLock } from './with-home-lock.ts';

/** The server of a home, which is started where none runs. */
export async function startHome(home: string, settings: Readonly<Record<string, string>>): Promise<RunningServer> {
  return await withHomeLock(home, async () => (await runningServer(home)) ?? (await start(home, settings)));
}

async function start(home: string, settings: Readonly<Record<string, string>>): Promise<RunningServer> {
  const account = await chooseAccount(home);
  const binaries = await locateBinaries(account);
  await createCluster(home, account, binaries);
  return await startServer(home, account, binaries, { ...defaultSettings, ...settings });
}
