import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from './command-error.ts';

/** The root of the checkout. */
export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** Runs a program from the root of the checkout and shows what it says. @throws CommandError where it does not end well */
export async function runProgram(
  command: string,
  args: readonly string[],
  { what, env = {} }: { readonly what: string; readonly env?: Readonly<Record<string, string>> },
): Promise<void> {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' });
  const ended = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(code === 0 ? undefined : `it ended with ${signal ?? `exit code ${code}`}`),
    );
  });
  if (ended !== undefined) throw new CommandError(`${what} failed: ${ended}. What it said stands above.`);
}

export function runNode(args: readonly string[], how: Parameters<typeof runProgram>[2]): Promise<void> {
  return runProgram(process.execPath, args, how);
}

/** The command line of CDK. */
export function runCdk(args: readonly string[], what: string): Promise<void> {
  return runNode([join(root, 'infra', 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args], { what });
}
