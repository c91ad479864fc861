import type { WeirConfig } from './config-schema.ts';

/** The configuration as it is: the compiler and the editor check its keys. */
export function defineConfig(config: WeirConfig): WeirConfig {
  return config;
}
