import type { Policy } from '@weir/core';
import { CommanderError } from 'commander';
import { buildProgram } from './command-line/build-program.ts';
import type { GlobalOptions } from './command-line/global-options.ts';
import type { Start } from './command-line/start.ts';
import { usageFailure } from './command-line/usage-failure.ts';
import { tellFailure } from './errors/tell-failure.ts';
import { EXIT_CODE } from './exit-code.ts';
import { Interruption } from './interrupt/interruption.ts';
import { Screen } from './output/screen.ts';

/** Runs one command line to its end and tells how it ended. Never throws. */
export async function runWeir(args: readonly string[], machine: NodeJS.Process): Promise<number> {
  const { stdout, stderr, env } = machine;
  const isDebugging = env.WEIR_DEBUG === '1';
  // Known before the options are parsed: wrong options must be told as JSON too.
  const screen = new Screen({ stdout, stderr, env, json: asksForJson(args) });
  let exitCode: number = EXIT_CODE.done;

  const start: Start = async (load, options) => {
    const interruption = new Interruption(
      machine,
      (text) => screen.note(text),
      (code) => machine.exit(code),
    );
    try {
      const globals = program.opts<GlobalOptions>();
      // A wrong configuration is told whether or not the command would need it.
      const policy = globals.config === undefined ? undefined : await readPolicy(globals.config);
      const session = { options: globals, policy, screen, interruption, cwd: machine.cwd(), env };
      exitCode = await (await load())(session, options);
    } catch (error) {
      exitCode = tellFailure(screen, error, isDebugging);
    } finally {
      interruption.close();
    }
  };

  // An error that nobody awaited: told like any other.
  machine.once('uncaughtException', (error) => machine.exit(tellFailure(screen, error, isDebugging)));

  const program = buildProgram(start, { stdout, stderr });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT_CODE.done;
    return tellFailure(screen, error instanceof CommanderError ? usageFailure(error, args) : error, isDebugging);
  }
  return exitCode;
}

async function readPolicy(path: string): Promise<Policy> {
  return await (await import('./config/read-policy-file.ts')).readPolicyFile(path);
}

function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).includes('--json');
}
