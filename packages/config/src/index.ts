/** What stands in `weir.config.ts` or `weir.config.json`. */
export { ConfigError, type ConfigFault, type ConfigProblem } from './config-error.ts';
export type { ConfigSettings, WeirConfig } from './config-schema.ts';
export type { DatabaseSetting } from './database-schema.ts';
export { defineConfig } from './define-config.ts';
export { CONFIG_FILES } from './find-config-file.ts';
export { createJsonSchema } from './json-schema.ts';
export { type LoadConfigOptions, loadConfig } from './load-config.ts';
export { readVariable } from './read-variable.ts';
export type { Configuration, Origin, Setting } from './resolve-config.ts';
