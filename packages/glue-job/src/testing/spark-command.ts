import { execFileSync } from 'node:child_process';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SparkCommandOptions {
  /** What reaches the programs beside Spark's own: where AWS is and who asks. */
  readonly environment: Readonly<Record<string, string>>;
  /** Two executor processes with a core and 1,024 MB each, where it is left out. */
  readonly master?: string;
  /** Settings of Spark, such as `spark.speculation`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** How the driver is started. */
export interface SparkCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const DRIVER = fileURLToPath(new URL('../../driver/driver.py', import.meta.url));
const LOCAL_CLUSTER = 'local-cluster[2,1,1024]';

/**
 * The real driver on a real Spark of this machine.
 *
 * @param python that has PySpark
 * @param folder below which everything works; see `linkSpark`
 * @param args of the driver
 */
export function sparkCommand(
  python: string,
  folder: string,
  args: Readonly<Record<string, string>>,
  { environment, master = LOCAL_CLUSTER, settings = {} }: SparkCommandOptions,
): SparkCommand {
  return {
    program: python,
    args: [DRIVER, ...Object.entries(args).flat()],
    cwd: folder,
    env: {
      ...environment,
      SPARK_LOCAL_IP: '127.0.0.1',
      SPARK_LOCAL_DIRS: folder,
      SPARK_HOME: homeIn(folder),
      PYSPARK_PYTHON: python,
      PYSPARK_SUBMIT_ARGS: submitArguments(master, settings),
    },
  };
}

/** Executors work, and log, below Spark's home: each run has one of its own, in its folder. */
export async function linkSpark(python: string, folder: string): Promise<void> {
  const find = 'import importlib.util; print(importlib.util.find_spec("pyspark").origin)';
  const installed = dirname(execFileSync(python, ['-c', find], { encoding: 'utf8' }).trim());
  const home = homeIn(folder);
  await mkdir(home);
  for (const name of await readdir(installed)) {
    if (name !== 'work') await symlink(join(installed, name), join(home, name));
  }
}

function homeIn(folder: string): string {
  return join(folder, 'spark');
}

function submitArguments(master: string, settings: Readonly<Record<string, string>>): string {
  const all = {
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.driver.host': '127.0.0.1',
    'spark.ui.enabled': 'false',
    'spark.ui.showConsoleProgress': 'false',
    ...settings,
  };
  const pairs = Object.entries(all).flatMap(([name, value]) => ['--conf', `${name}=${value}`]);
  return ['--master', master, ...pairs, 'pyspark-shell'].join(' ');
}
