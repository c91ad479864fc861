import { join } from 'node:path';
import { installNodePeers, installPythonPeers, installSpark } from './peer-environment.ts';
import { peersFolder, projectNode, weirCommand } from './places.ts';
import type { Job, Subject } from './subject.ts';

export const WEIR = 'Weir, 2 threads';
export const DUCKDB = 'DuckDB';
export const POLARS = 'Polars';
export const PANDAS = 'pandas';
export const PYSPARK = 'PySpark local[2]';

export function weirTransform(name: string, threads: number): Subject {
  return {
    name,
    output: 'staged',
    command: ({ input, products, customers, out }) => {
      const files = ['--products', products, '--customers', customers, '--out', out];
      return {
        program: projectNode,
        args: [...weirCommand, 'transform', input, ...files, '--threads', String(threads)],
      };
    },
  };
}

export const duckdb: Subject = nodePeer(DUCKDB, 'duckdb.mjs');
export const polars: Subject = nodePeer(POLARS, 'polars.mjs');

export const pandas: Subject = {
  name: PANDAS,
  output: 'csv',
  prepare: async () => void installPythonPeers(),
  command: (job) => ({
    program: installPythonPeers(),
    args: [join(peersFolder, 'pandas_transform.py'), ...places(job)],
  }),
};

export const pyspark: Subject = {
  name: PYSPARK,
  output: 'csv',
  hasChildren: true,
  prepare: async () => void installSpark(),
  command: (job) => ({
    program: installSpark(),
    args: [join(peersFolder, 'pyspark_transform.py'), ...places(job), '--master', 'local[2]'],
  }),
};

function nodePeer(name: string, file: string): Subject {
  return {
    name,
    output: 'csv',
    prepare: async () => installNodePeers(),
    command: (job) => ({ program: projectNode, args: [join(peersFolder, file), ...places(job)] }),
  };
}

function places({ input, fileDay, products, customers, out }: Job): string[] {
  return [input, fileDay, products, customers, out];
}
