import type { RunningCommand } from './run-command.ts';

const PAGES = ['', 'files', 'days?year=2023', 'rejects', 'transaction?id=none', 'throughput', 'live', 'metrics'];

/** Asks a `weir serve --json` for each of its pages, and ends it; what each answered. */
export async function visitDashboard(serving: RunningCommand): Promise<readonly (readonly [string, number])[]> {
  await serving.says(/"url":"/);
  const { url } = JSON.parse(serving.stdout());
  const answers: (readonly [string, number])[] = [];
  for (const page of PAGES) answers.push([page, (await fetch(`${url}${page}`)).status]);
  serving.child.kill('SIGTERM');
  await serving.end;
  return answers;
}
