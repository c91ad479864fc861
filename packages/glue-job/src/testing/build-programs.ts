import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export type ProgramName = 'job' | 'worker';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

const built = new Map<ProgramName, Promise<string>>();

/** The path of a program as it is deployed. It is bundled once a process. */
export function buildProgram(name: ProgramName): Promise<string> {
  const path = built.get(name) ?? build(name);
  built.set(name, path);
  return path;
}

/** A folder with both programs, as the driver looks for them. */
export async function buildPrograms(): Promise<string> {
  const folder = await makeFolder();
  for (const name of ['job', 'worker'] as const) await copyFile(await buildProgram(name), join(folder, `${name}.mjs`));
  return folder;
}

interface Bundler {
  bundle(one: { readonly entry: string; readonly file: string }): Promise<{ readonly contents: Uint8Array }>;
}

async function build(name: ProgramName): Promise<string> {
  const { bundle } = (await import(pathToFileURL(join(ROOT, 'scripts/bundle.mjs')).href)) as Bundler;
  const { contents } = await bundle({
    entry: `packages/glue-job/src/${name}.ts`,
    file: `packages/glue-job/dist/${name}.mjs`,
  });
  const path = join(await makeFolder(), `${name}.mjs`);
  await writeFile(path, contents);
  return path;
}

async function makeFolder(): Promise<string> {
  const parent = join(ROOT, '.weir/glue-programs');
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, `${process.pid}-`));
}
