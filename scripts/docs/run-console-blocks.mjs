import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../prepare.mjs';
import { Likeness } from './likeness.mjs';

/** As `npm run weir` has it: a start takes half as long. */
const NODE_COMPILE_CACHE = join(root, 'node_modules', '.cache', 'node-compile');

/**
 * Runs what a page shows: in a new folder, first its comments `<!-- set-up ... -->`, then every line that begins with `$ ` in a
 * block `console`, in the order of the page. Gives the page with the output that came, made alike from run to run.
 *
 * @param {string} page Markdown
 * @param {string[]} weir the command, as words
 * @throws where a set-up fails, or a command ends otherwise than the page says (`# exit code 3` behind a command)
 */
export function runConsoleBlocks(page, weir) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'weir-docs-')));
  const bin = join(folder, '.bin');
  try {
    const shell = new Shell(folder, bin, weir);
    return page.replace(/<!-- set-up\n([\s\S]*?)-->|```console\n([\s\S]*?)```/g, (whole, setUp, block) => {
      if (setUp !== undefined) {
        shell.prepare(setUp);
        return whole;
      }
      return `\`\`\`console\n${runBlock(block, shell)}\`\`\``;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runBlock(block, shell) {
  const commands = block.split('\n').filter((line) => line.startsWith('$ '));
  return commands.map((line) => `${line}\n${shell.run(line.slice(2))}`).join('\n');
}

class Shell {
  #folder;
  #env;
  #likeness;

  constructor(folder, bin, weir) {
    this.#folder = folder;
    this.#likeness = new Likeness(folder);
    const { PATH, HOME } = process.env;
    this.#env = {
      PATH: `${bin}:${PATH}`,
      HOME,
      NODE_COMPILE_CACHE,
      TZ: 'UTC',
      LC_ALL: 'C.UTF-8',
      COLUMNS: '100',
      NO_COLOR: '1',
    };
    this.prepare(
      `mkdir -p .bin && printf '#!/bin/sh\\nexec ${weir.join(' ')} "$@"\\n' > .bin/weir && chmod +x .bin/weir`,
    );
  }

  prepare(script) {
    const { status, output } = this.#bash(script);
    if (status !== 0) throw new Error(`The set-up ended with ${status}:\n${script}\n${output}`);
  }

  /** What the command printed. */
  run(line) {
    const [command, expected = '0'] = line.split(/\s+# exit code (\d+)$/);
    const { status, output } = this.#bash(this.#likeness.real(command));
    if (status !== Number(expected)) throw new Error(`$ ${command}\nended with ${status}, not ${expected}:\n${output}`);
    return this.#likeness.alike(output);
  }

  #bash(script) {
    const { status, stdout, error } = spawnSync('bash', ['-euo', 'pipefail', '-c', `{ ${script}\n} 2>&1`], {
      cwd: this.#folder,
      env: this.#env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (error !== undefined) throw error;
    return { status, output: stdout };
  }
}
