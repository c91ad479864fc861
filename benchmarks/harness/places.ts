import { dirname, join } from 'node:path';

export const root = dirname(dirname(import.meta.dirname));

/** Inputs, outputs, databases and the environment of the peers: everything that is made here and can be thrown away. */
export const benchFolder = join(root, '.weir', 'bench');

export const projectNode = join(root, 'node_modules', 'node', 'bin', 'node');

export const weirMain = join(root, 'packages', 'cli', 'src', 'main.ts');

export const peersFolder = join(root, 'benchmarks', 'peers');
