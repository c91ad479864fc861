import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NAMES = ['job', 'worker'] as const;
export type ProgramName = (typeof NAMES)[number];

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

let built: Promise<string> | undefined;

/** A folder with both programs as they are deployed, job.mjs and worker.mjs. They are bundled once a process. */
export function buildPrograms(): Promise<string> {
  built ??= build();
  return built;
}

/** The path of one of them. */
export async function buildProgram(name: ProgramName): Promise<string> {
  return join(await buildPrograms(), `${name}.mjs`);
}

interface Bundler {
  bundle(one: {
    readonly entry: string;
    readonly file: string;
    readonly kind: 'job';
  }): Promise<{ readonly contents: Uint8Array }>;
}

/**
 * A program as it is deployed, in one file.
 *
 * @param entry from the root of this checkout
 */
export async function bundleProgram(entry: string, file: string): Promise<Uint8Array> {
  const { bundle } = (await import(pathToFileURL(join(ROOT, 'scripts/bundle.mjs')).href)) as Bundler;
  return (await bundle({ entry, file, kind: 'job' })).contents;
}

async function build(): Promise<string> {
  const bundles = await Promise.all(
    NAMES.map((name) => bundleProgram(`packages/glue-job/src/${name}.ts`, `packages/glue-job/dist/${name}.mjs`)),
  );
  const hash = createHash('sha256');
  for (const contents of bundles) hash.update(contents);
  // Named by what is in it: other processes that bundle the same write the same.
  const folder = join(ROOT, '.weir/glue-programs', hash.digest('hex').slice(0, 16));
  await mkdir(folder, { recursive: true });
  for (const [place, name] of NAMES.entries()) {
    const begun = join(folder, `${name}.${process.pid}`);
    await writeFile(begun, bundles[place]!);
    await rename(begun, join(folder, `${name}.mjs`));
  }
  return folder;
}
