import { CommanderError } from 'commander';
import { buildProgram } from './command-line/build-program.ts';
import type { GlobalOptions } from './command-line/global-options.ts';
import type { Start } from './command-line/start.ts';
import { usageFailure } from './command-line/usage-failure.ts';
import { loadConfiguration } from './config/load-configuration.ts';
import { tellFailure } from './errors/tell-failure.ts';
import { EXIT_CODE } from './exit-code.ts';
import { Interruption } from './interrupt/interruption.ts';
import { type OutputFormat, Screen } from './output/screen.ts';

/** Runs one command line to its end and tells how it ended. Never throws. */
export async function runWeir(args: readonly string[], machine: NodeJS.Process): Promise<number> {
  const { stdout, stderr, env } = machine;
  const isDebugging = env.WEIR_DEBUG === '1';
  // Known before the options are parsed: wrong options must be told as JSON too.
  const screen = new Screen({ stdout, stderr, env, format: formatAskedFor(args) });
  let exitCode: number = EXIT_CODE.done;

  const start: Start = async (load, options, needs) => {
    const interruption = new Interruption(
      machine,
      (text) => screen.note(text),
      (code) => machine.exit(code),
    );
    try {
      const globals = program.opts<GlobalOptions>();
      const cwd = machine.cwd();
      // A wrong configuration is told whether or not the command would need it.
      const configuration = needs === 'nothing' ? undefined : await loadConfiguration(globals, cwd);
      const session = {
        ...{ options: globals, configuration, policy: configuration?.policy, screen, interruption, cwd, env },
        // Looked at only by who asks: a look opens it.
        get stdin() {
          return machine.stdin;
        },
      };
      exitCode = await (await load())(session, options);
    } catch (error) {
      exitCode = tellFailure(screen, error, isDebugging);
    } finally {
      interruption.close();
    }
  };

  // An error that nobody awaited: told like any other.
  machine.once('uncaughtException', (error) => machine.exit(tellFailure(screen, error, isDebugging)));

  const program = buildProgram(start, { stdout, stderr }, args[0]);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT_CODE.done;
    return tellFailure(
      screen,
      error instanceof CommanderError ? usageFailure(error, args, program) : error,
      isDebugging,
    );
  }
  return exitCode;
}

function formatAskedFor(args: readonly string[]): OutputFormat {
  const end = args.indexOf('--');
  const options = args.slice(0, end === -1 ? undefined : end);
  return options.includes('--json') ? 'json' : options.includes('--csv') ? 'csv' : 'text';
}
