import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCommand } from './bundle-command.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Below the checkout: a folder a package, as it is published. */
export const PACKAGES_FOLDER = 'dist/packages';

/** Modules that are started and not imported. */
const PROGRAMS = { '@weir/adapters-local': ['./src/threads/row-thread.ts'] };

/** What tests of this workspace alone use. */
const UNPUBLISHED_EXPORTS = { '@weir/adapters-local': ['./testing'], '@weir/warehouse-sql': ['./testing'] };

/**
 * What is published: the packages that say where to publish them from, each after those that it depends on.
 *
 * @returns {{ name: string, folder: string, manifest: any }[]}
 */
export function listPackages() {
  const found = new Map();
  for (const folder of readdirSync(join(root, 'packages')).sort()) {
    const manifest = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'));
    if (manifest.publishConfig?.directory) found.set(manifest.name, { name: manifest.name, folder, manifest });
  }
  const ordered = new Set();
  const visit = (one) => {
    for (const name of Object.keys(one.manifest.dependencies ?? {})) if (found.has(name)) visit(found.get(name));
    ordered.add(one);
  };
  for (const one of found.values()) visit(one);
  return [...ordered];
}

/**
 * Writes every published package as it is packed: JavaScript and types in `dist`, a manifest for who installs it, the README,
 * the licence and the changelog. The same sources give the same bytes.
 *
 * @param {string} out the folder in which each gets one
 * @throws {Error} what the compiler says
 */
export async function buildPackages(out) {
  rmSync(out, { recursive: true, force: true });
  const packages = listPackages();
  for (const { name, folder, manifest } of packages) {
    const source = join(root, 'packages', folder);
    const target = join(out, folder);
    mkdirSync(target, { recursive: true });
    // What the types import is installed for the sources; what is packed leaves this out.
    symlinkSync(join(source, 'node_modules'), join(target, 'node_modules'), 'junction');
    copyFileSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
    copyFileSync(join(source, 'README.md'), join(target, 'README.md'));
    // Not before the first release.
    const hasChangelog = existsSync(join(source, 'CHANGELOG.md'));
    if (hasChangelog) copyFileSync(join(source, 'CHANGELOG.md'), join(target, 'CHANGELOG.md'));
    const published = toPublished(manifest, hasChangelog ? ['dist', 'CHANGELOG.md'] : ['dist']);
    writeFileSync(join(target, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
    if (manifest.bin) await bundleCommand(join(target, 'dist'));
    else compile(name, manifest, source, target, out);
  }
  return packages.map(({ name, folder, manifest }) => ({ name, folder, manifest, path: join(out, folder) }));
}

/** What an entry point of the sources is in the packed form. */
export const inDist = (path, end) => path.replace(/^\.\/src\//, './dist/').replace(/\.ts$/, end);

/** The manifest for who installs the package; in the workspace it runs from its sources. */
function toPublished({ private: _, devDependencies: _dev, publishConfig, bin, dependencies, ...manifest }, files) {
  const exported = Object.entries(publishedExports(manifest)).map(([name, path]) => [
    name,
    { types: inDist(path, '.d.ts'), default: inDist(path, '.js') },
  ]);
  const { version } = manifest;
  return {
    ...manifest,
    ...(bin
      ? { bin, exports: { './package.json': './package.json' } }
      : {
          exports: { ...Object.fromEntries(exported), './package.json': './package.json' },
          dependencies: Object.fromEntries(
            Object.entries(dependencies ?? {}).map(([name, wanted]) => [
              name,
              wanted.startsWith('workspace:') ? version : wanted,
            ]),
          ),
        }),
    files,
    publishConfig: { access: publishConfig.access },
  };
}

export function publishedExports({ name, exports }) {
  return Object.fromEntries(Object.entries(exports).filter(([key]) => !UNPUBLISHED_EXPORTS[name]?.includes(key)));
}

/**
 * Where a compiler finds the packed types.
 *
 * @returns {Record<string, string[]>}
 */
export function pathsToTypes(out) {
  const paths = {};
  for (const { name, folder, manifest } of listPackages()) {
    if (manifest.bin) continue;
    for (const [key, path] of Object.entries(publishedExports(manifest))) {
      paths[name + key.slice(1)] = [join(out, folder, inDist(path, '.d.ts'))];
    }
  }
  return paths;
}

/** By the project's own compiler settings, against the packed types of the packages below. */
function compile(name, manifest, source, target, out) {
  const entries = [...Object.values(publishedExports(manifest)), ...(PROGRAMS[name] ?? [])];
  const config = join(out, `${manifest.name.replaceAll('/', '-')}.tsconfig.json`);
  const settings = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      target: 'es2022',
      rootDir: join(source, 'src'),
      outDir: join(target, 'dist'),
      newLine: 'lf',
      typeRoots: [join(root, 'node_modules', '@types')],
      paths: pathsToTypes(out),
    },
    include: [],
    files: entries.map((path) => join(source, path)),
  };
  writeFileSync(config, JSON.stringify(settings));
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  const { status, stdout, stderr } = spawnSync(tsc, ['-p', config], { encoding: 'utf8' });
  rmSync(config);
  if (status !== 0) throw new Error(`${name} does not compile as it is published:\n${stdout}${stderr}`);
  for (const file of readdirSync(join(target, 'dist'), { recursive: true })) {
    if (file.endsWith('.d.ts')) nameOutput(join(target, 'dist', file));
  }
}

/** The compiler lets the types of a module import sources, which are not there. */
function nameOutput(path) {
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(/((?:from|import) |import\()(['"])(\.[^'"]*)\.ts\2/g, '$1$2$3.js$2'));
}
