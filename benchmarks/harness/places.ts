import { dirname, join } from 'node:path';

export const root = dirname(dirname(import.meta.dirname));

/** Inputs, outputs, databases and the environment of the peers: everything that is made here and can be thrown away. */
export const benchFolder = join(root, '.weir', 'bench');

export const projectNode = join(root, 'node_modules', 'node', 'bin', 'node');

/** `weir` as it is installed, with the options of Node that its first line gives; `build` of scripts/build.mjs makes it. */
export const weirCommand = ['--max-semi-space-size=1', join(root, 'packages', 'cli', 'dist', 'bin', 'weir.mjs')];

export const peersFolder = join(root, 'benchmarks', 'peers');
