import { readFile } from 'node:fs/promises';
import type { CommandSetting, RunningCommand } from './run-command.ts';
import { startCommand } from './run-command.ts';

export interface MeasuredEnd extends Awaited<RunningCommand['end']> {
  /** The most memory that the process held, in megabytes; undefined where the system does not tell. */
  readonly peak: number | undefined;
}

/** Runs the command and asks the system again and again for its high water mark: nobody can be asked after the end. */
export async function runMeasured(args: readonly string[], setting: CommandSetting = {}): Promise<MeasuredEnd> {
  const { child, end } = startCommand(args, setting);
  let peak: number | undefined;
  const look = async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
    if (kilobytes !== undefined) peak = Number(kilobytes) / 1024;
  };
  const looking = setInterval(look, 10);
  try {
    return { ...(await end), peak };
  } finally {
    clearInterval(looking);
  }
}
