import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
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
export async function bundle(one) {
  const [made] = await bundleTogether(one.kind, [one]);
  return made;
}

/** What several of a kind import is read once. */
async function bundleTogether(kind, bundles) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: bundles.map(({ entry, file }) => ({ in: entry, out: file.replace(/\.mjs$/, '') })),
    outdir: '.',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    minify: true,
    treeShaking: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // V8 takes twice the memory and longer for a text with one letter outside of Latin-1.
    charset: 'ascii',
    // The form for bundlers, of which what is not used can be left out.
    mainFields: ['module', 'main'],
    legalComments: 'external',
    plugins: kind === 'function' ? [builtins, lambdaCredentials] : [builtins],
    logLevel: 'error',
  });
  return bundles.map(({ file }) => {
    const [code, legal] = ['', '.LEGAL.txt'].map((end) =>
      outputFiles.find(({ path }) => path === join(root, `${file}${end}`)),
    );
    return { contents: code.contents, text: code.text, legal: legal?.text };
  });
}

/**
 * Node's own modules are asked for by a call and not imported: an import of `node:http` reads all that it exports, and so
 * loads Node's `fetch` and `WebSocket`, for which every start of a function would pay some 20 ms. Also, packages of the older
 * kind need no `require` this way.
 */
export const builtins = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path }) => {
      if (!isBuiltin(path)) return undefined;
      return { path: path.replace(/^(?!node:)/, 'node:'), namespace: 'builtin', sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};

/**
 * Lambda hands a function its credentials in the environment, always. The SDK would bring all the other ways with it (files,
 * single sign-on, metadata of machines): a tenth of a bundle.
 */
const lambdaCredentials = {
  name: 'lambda-credentials',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ path }) => ({ path, namespace: 'credentials' }));
    onLoad({ filter: /.*/, namespace: 'credentials' }, () => ({ contents: CREDENTIALS, loader: 'js' }));
  },
};

const CREDENTIALS = `
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  if (!accessKeyId || !secretAccessKey) throw new Error('There are no credentials in the environment of this function.');
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};
`;

/**
 * Makes the bundles of a kind, or all, below a folder. Gives their sizes in bytes.
 *
 * @param {'function' | 'job'} [only]
 */
export async function writeBundles(folder, only) {
  const bundles = listBundles().filter(({ kind }) => only === undefined || kind === only);
  for (const place of new Set(bundles.map(({ file }) => /^.*\/dist\//.exec(file)[0]))) {
    await rm(join(folder, place), { recursive: true, force: true });
  }
  const written = await Promise.all(
    [...new Set(bundles.map(({ kind }) => kind))].map(async (kind) => {
      const ofKind = bundles.filter((one) => one.kind === kind);
      const made = await bundleTogether(kind, ofKind);
      return await Promise.all(ofKind.map((one, i) => write(folder, one, made[i])));
    }),
  );
  return written.flat();
}

async function write(folder, one, { contents, legal }) {
  const path = join(folder, one.file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
  if (legal) await writeFile(`${path}.LEGAL.txt`, legal);
  return { ...one, path, bytes: contents.length };
}
