import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';

/**
 * Node's own modules, asked for by a call where they are imported. An import would make them tell all that they export, for
 * which `node:util` and `node:process` load half of Node, and a module beside the importer would be one more chunk to find and
 * to read.
 */
export const nearBuiltins = {
  name: 'near-builtins',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[\\/]node_modules[\\/].*\.m?js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = callBuiltins(source);
      return contents === source ? undefined : { contents, loader: 'js' };
    });
    onResolve({ filter: /^[a-z_:/0-9]+$/, namespace: 'file' }, ({ path, kind, importer }) => {
      if (!isBuiltin(path)) return undefined;
      return kind === 'require-call'
        ? { path, namespace: 'required-builtin', suffix: `?${importer}`, sideEffects: false }
        : { path: withScheme(path), external: true };
    });
    onLoad({ filter: /.*/, namespace: 'required-builtin' }, ({ path }) => ({
      contents: `module.exports = ${callOf(path)};`,
      loader: 'js',
    }));
  },
};

/** The source of a module with a call in the place of each import of a module of Node's own, at the same line. */
export function callBuiltins(source) {
  return source.replace(IMPORT, (whole, names, from) => {
    if (!isBuiltin(from)) return whole;
    const [, module, named = ''] = NAMES.exec(names.trim());
    const values = named.split(',').map((name) => name.trim());
    const taken = values.filter((name) => name !== '' && !/^type (?!as )/.test(name));
    const declared = [
      ...(module === undefined ? [] : [module]),
      ...(taken.length === 0 ? [] : [`{ ${taken.join(', ').replaceAll(' as ', ': ')} }`]),
    ];
    return declared.map((one) => `const ${one} = ${callOf(from)};`).join(' ');
  });
}

const IMPORT = /^import ((?!type\b)[\w$*{},\s]*?) from ['"]([a-z_:/0-9]+)['"];?/gm;

const NAMES = /^(?:(?:\* as )?([\w$]+)[\s,]*)?(?:\{([^}]*)\})?$/;

/** `process` itself may be what is imported. */
const callOf = (name) => `globalThis.process.getBuiltinModule(${JSON.stringify(withScheme(name))})`;

const withScheme = (name) => name.replace(/^(?!node:)/, 'node:');
