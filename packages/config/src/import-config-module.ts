import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ConfigError } from './config-error.ts';

/** So that a file may say `import { defineConfig } from '@weir/config'` wherever it lies, installed beside it or not. */
const STAND_IN = 'data:text/javascript,export const defineConfig = (config) => config;';

/**
 * The default export of a TypeScript file, whose types Node itself strips.
 *
 * @throws ConfigError `config.not-loadable`
 */
export async function importConfigModule(
  path: string,
  { typescript }: { readonly typescript: unknown } = process.features,
): Promise<unknown> {
  if (!typescript) throw notLoadable(path, `Node ${process.versions.node} does not read TypeScript`, OLD_NODE);
  const url = pathToFileURL(path).href;
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier !== '@weir/config' || context.parentURL !== url) return next(specifier, context);
      return { url: STAND_IN, shortCircuit: true };
    },
    // A folder without a package.json does not say which kind of module its files are.
    load: (address, context, next) =>
      next(address, address === url ? { ...context, format: 'module-typescript' } : context),
  });
  try {
    const module = await import(url);
    if (module.default !== undefined) return module.default;
  } catch (error) {
    throw notLoadable(path, firstLine(error), 'Mend it there.', error);
  } finally {
    hooks.deregister();
  }
  throw notLoadable(path, 'it has no default export', EXAMPLE);
}

const EXAMPLE = "Begin it with: import { defineConfig } from '@weir/config'; export default defineConfig({ ... });";
const OLD_NODE = 'Use Node 22.18, 24 or newer, or write the configuration as weir.config.json.';

/** The lines that follow would quote the file. */
function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.replace(/\.$/, '');
}

function notLoadable(path: string, why: string, remedy: string, cause?: unknown): ConfigError {
  const message = `The configuration ${path} cannot be loaded: ${why}.`;
  return new ConfigError({ code: 'config.not-loadable', message, remedy, cause });
}
