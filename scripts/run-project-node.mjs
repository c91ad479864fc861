import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, projectNode, root } from './prepare.mjs';

/**
 * Installs what is missing, runs the project's Node with these arguments and ends as it ended: same exit code, or
 * 128 + the number of the signal as shells have it.
 */
export async function runProjectNode(args, { cwd = root, env = {} } = {}) {
  await prepare();
  const child = spawn(projectNode, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' });
  handSignalsTo(child);
  child.once('error', (error) => {
    process.stderr.write(`${projectNode} could not be started: ${error.message}. Delete node_modules and try again.\n`);
    process.exit(69);
  });
  child.once('exit', (code, signal) => process.exit(code ?? 128 + signalNumbers[signal]));
}

/** Room for young objects in MB. Few are made: more room would not be faster, only more memory. */
const LITTLE_GARBAGE = '--max-semi-space-size=1';

/** The `weir` command. A path among the arguments is meant from where the user called npm, not from the root. */
export function runWeir(args) {
  return runProjectNode([LITTLE_GARBAGE, join(root, 'packages', 'cli', 'src', 'main.ts'), ...args], {
    cwd: calledByNpmHere() ? process.env.INIT_CWD : process.cwd(),
    // Keeps compiled and type-stripped modules: the second start is faster.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node-compile') },
  });
}

const signalNumbers = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
};

/** INIT_CWD is inherited by everything below an npm script, so it only counts where npm started this command. */
function calledByNpmHere() {
  return process.env.INIT_CWD !== undefined && ['weir', 'demo'].includes(process.env.npm_lifecycle_event);
}

/**
 * package.json starts these scripts with `exec` and npm's own Node: the shells that npm and `.bin/node` would put in
 * between die of a signal at once, and the prompt would be back while the command is still ending.
 *
 * Ctrl-C reaches the child from the terminal by itself, and npm sends this process a second one: passing it on would
 * make one key press look like two. Without a terminal nobody else tells the child.
 */
function handSignalsTo(child) {
  let lastInterrupt = 0;
  process.on('SIGINT', () => {
    if (process.stdin.isTTY || Date.now() - lastInterrupt < 500) return;
    lastInterrupt = Date.now();
    child.kill('SIGINT');
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
}
