import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { callBuiltins } from './near-builtins.mjs';

/**
 * What is imported from a package of the workspace is imported from the file that declares it. Otherwise each chunk would load
 * all that the index of the package exports, because some other chunk uses it.
 */
export const directImports = {
  name: 'direct-imports',
  setup(build) {
    build.onLoad({ filter: /[\\/]packages[\\/][^\\/]+[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const lines = [];
      let rest = 0;
      const source = callBuiltins(await readFile(path, 'utf8'));
      for (const { 0: whole, 1: names, 2: from, index } of source.matchAll(IMPORT)) {
        const { path: entry, errors } = await build.resolve(from, {
          resolveDir: dirname(path),
          kind: 'import-statement',
        });
        if (errors.length > 0) return { errors };
        lines.push(source.slice(rest, index), ...valuesIn(names).map(([name, local]) => importOf(name, local, entry)));
        rest = index + whole.length;
      }
      return { contents: [...lines, source.slice(rest)].join(''), loader: 'ts' };
    });
  },
};

const IMPORT = /^import \{([^}]*)\} from '(@weir\/[^']+)';/gm;
const REEXPORT = /^export (?:\*|\{([^}]*)\}) from '(\.[^']+)';/gm;

function importOf(name, local, entry) {
  const found = declarationOf(name, entry);
  if (found === undefined) throw new Error(`${entry} exports no ${name}.`);
  return `import { ${found.name} as ${local} } from ${JSON.stringify(found.file)};`;
}

/** Where a name that a file exports is declared. */
function declarationOf(name, file) {
  const source = readFileSync(file, 'utf8');
  if (new RegExp(`^export (?:async )?(?:abstract )?(?:class|const|function\\*?) ${name}\\b`, 'm').test(source))
    return { name, file };
  for (const [, names, from] of source.matchAll(REEXPORT)) {
    const own = names === undefined ? name : valuesIn(names).find(([, local]) => local === name)?.[0];
    const found = own && declarationOf(own, join(dirname(file), from));
    if (found) return found;
  }
  return undefined;
}

/** `a, type B, c as d` as pairs of the name there and the name here, without the types. */
function valuesIn(names) {
  const parts = names.split(',').map((part) => part.trim());
  return parts
    .filter((part) => part !== '' && !part.startsWith('type '))
    .map((part) => part.split(' as '))
    .map(([name, local = name]) => [name, local]);
}
