import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url));
/** As the root scripts have it: a start takes half as long. */
const COMPILE_CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/node-compile', import.meta.url));
/** Longer than most commands of a trial take; one that takes longer counts as one that never ends. */
const PATIENCE_MS = 120_000;

export interface WeirSetting {
  readonly databaseUrl: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds after which it counts as one that never ends; two minutes where it is left out. */
  readonly patienceMs?: number;
  /** Modules that are loaded before the command. */
  readonly preload?: readonly URL[];
  /** Told of the process as soon as it runs. */
  readonly onStart?: (child: ReturnType<typeof spawn>) => void;
}

export interface WeirEnd {
  /** Null where it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** How long it took, with the start of the process. */
  readonly seconds: number;
}

/** The real command in a process of its own, as a person's shell would start it. */
export async function runWeir(args: readonly string[], setting: WeirSetting): Promise<WeirEnd> {
  const { PATH, HOME, TMPDIR } = process.env;
  const { databaseUrl, env, preload = [], onStart, patienceMs = PATIENCE_MS } = setting;
  const started = performance.now();
  const child = spawn(process.execPath, [...preload.map(({ href }) => `--import=${href}`), MAIN, ...args], {
    env: { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE: COMPILE_CACHE, WEIR_DATABASE_URL: databaseUrl, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMs,
    killSignal: 'SIGABRT',
  });
  onStart?.(child);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...ended) => resolve(ended));
  });
  if (signal === 'SIGABRT') throw new Error(`weir ${args.join(' ')} did not end: ${said.stderr}`);
  return { code, ...said, seconds: (performance.now() - started) / 1000 };
}
