import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Bytes. A bundle that is larger starts slowly, and holds something that nobody meant it to. */
export const LARGEST_FUNCTION = 1_000_000;

/**
 * What is deployed: a bundle for each function, `packages/lambdas/dist/<name>/index.mjs`, and the two programs of the Spark
 * job, `packages/glue-job/dist/{job,worker}.mjs`.
 *
 * @returns {{ name: string, kind: 'function' | 'job', entry: string, file: string }[]}
 */
export function listBundles() {
  const functions = 'packages/lambdas/src/functions';
  const names = readdirSync(join(root, functions)).map((file) => file.replace(/\.ts$/, ''));
  const programs = ['job', 'worker'].filter((name) => existsSync(join(root, `packages/glue-job/src/${name}.ts`)));
  return [
    ...names.sort().map((name) => ({
      name,
      kind: 'function',
      entry: `${functions}/${name}.ts`,
      file: `packages/lambdas/dist/${name}/index.mjs`,
    })),
    ...programs.map((name) => ({
      name: `glue ${name}`,
      kind: 'job',
      entry: `packages/glue-job/src/${name}.ts`,
      file: `packages/glue-job/dist/${name}.mjs`,
    })),
  ];
}

/**
 * One file for Node 24 with everything in it, the AWS SDK too: what Lambda brings of it is older than what is used here. The
 * same sources give the same bytes, wherever the checkout lies.
 */
export async function bundle({ entry, file }) {
  const made = await makeBundle(entry, file, '');
  // Only packages of the older kind ask for built-ins this way; in a module there is no `require` unless it is made.
  if (!made.text.includes('Dynamic require of')) return made;
  return await makeBundle(entry, file, CREATE_REQUIRE);
}

const CREATE_REQUIRE =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

async function makeBundle(entry, file, banner) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    write: false,
    minify: true,
    treeShaking: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    charset: 'utf8',
    // The form for bundlers, of which what is not used can be left out.
    mainFields: ['module', 'main'],
    legalComments: 'external',
    banner: { js: banner },
    logLevel: 'error',
  });
  const [code, legal] = ['.mjs', '.LEGAL.txt'].map((end) => outputFiles.find(({ path }) => path.endsWith(end)));
  return { contents: code.contents, text: code.text, legal: legal?.text };
}

/** Makes all bundles below a folder. Gives their sizes in bytes. */
export async function writeBundles(folder = root) {
  const bundles = listBundles();
  for (const place of new Set(bundles.map(({ file }) => /^.*\/dist\//.exec(file)[0]))) {
    await rm(join(folder, place), { recursive: true, force: true });
  }
  return await Promise.all(
    bundles.map(async (one) => {
      const { contents, legal } = await bundle(one);
      const path = join(folder, one.file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, contents);
      if (legal) await writeFile(`${path}.LEGAL.txt`, legal);
      return { ...one, path, bytes: contents.length };
    }),
  );
}
