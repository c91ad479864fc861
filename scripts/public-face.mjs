import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { inDist, pathsToTypes, publishedExports } from './build-packages.mjs';
import { root } from './prepare.mjs';

/**
 * Compares what each entry point of the packed packages exports with the report of it under version control,
 * `packages/<package>/api/<entry point>.api.md`; or writes the reports.
 *
 * @param {{ name: string, folder: string, manifest: any, path: string }[]} packages as `buildPackages` gives them
 * @param {string} out where they lie
 * @param {boolean} isWritten
 * @returns {string[]} a sentence for each report that is not what is there
 */
export function comparePublicFace(packages, out, isWritten) {
  return packages.flatMap((one) => {
    if (one.manifest.bin) return [];
    return Object.entries(publishedExports(one.manifest)).flatMap(([key, source]) => {
      const name = key === '.' ? one.folder : key.slice(2);
      const report = describeFace(one.path, name, inDist(source, '.d.ts'), out);
      const kept = join(root, 'packages', one.folder, 'api', `${name}.api.md`);
      if (isWritten) {
        mkdirSync(join(kept, '..'), { recursive: true });
        writeFileSync(kept, report);
        return [];
      }
      if (existsSync(kept) && readFileSync(kept, 'utf8') === report) return [];
      return [
        `${kept.slice(root.length + 1)} is not what the package exports. If that is meant: node scripts/check-packages.mjs --write`,
      ];
    });
  });
}

function describeFace(path, name, entry, out) {
  const folder = join(path, '.face');
  mkdirSync(folder, { recursive: true });
  const silent = { default: { logLevel: 'none' } };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: join(path, 'api-extractor.json'),
    packageJsonFullPath: join(path, 'package.json'),
    configObject: {
      projectFolder: path,
      mainEntryPointFilePath: join(path, entry),
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2024',
            lib: ['es2024'],
            module: 'nodenext',
            moduleResolution: 'nodenext',
            strict: true,
            skipLibCheck: true,
            types: ['node'],
            typeRoots: [join(root, 'node_modules', '@types')],
            paths: pathsToTypes(out),
          },
          files: [join(path, entry)],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { compilerMessageReporting: silent, extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
  });
  const messages = [];
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === 'error') messages.push(message.text);
    },
  });
  if (!succeeded) throw new Error(`${path} ${entry}: ${messages.join('; ')}`);
  return readFileSync(join(folder, `${name}.api.md`), 'utf8');
}
