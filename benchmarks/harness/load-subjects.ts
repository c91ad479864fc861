import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TransactionFile } from '../input/input-files.ts';
import { installNodePeers, installPythonPeers } from './peer-environment.ts';
import { peersFolder, projectNode, weirCommand } from './places.ts';
import type { Command, Subject } from './subject.ts';

/** A delivery that goes into a database. */
export interface LoadJob {
  readonly file: TransactionFile;
  readonly products: string;
  readonly customers: string;
  /** The accepted rows of the file as staged text, for the floor. */
  readonly readyRows: string;
  readonly databaseUrl: string;
  /** A folder of its own. */
  readonly folder: string;
}

export const FLOOR = 'floor: COPY of ready rows and one MERGE';
export const PANDAS_LOAD = 'pandas and psycopg';

export function weirIngest(name: string, connections: number, hasDecisions = true): Subject<LoadJob> {
  return {
    name,
    reset: async ({ file, folder }) => {
      rmSync(folder, { recursive: true, force: true });
      const landed = join(folder, 'landing', file.key);
      mkdirSync(dirname(landed), { recursive: true });
      cpSync(file.path, landed, { preserveTimestamps: true });
      writeFileSync(configFile(folder), JSON.stringify(hasDecisions ? {} : { policy: { decisions: 'none' } }));
    },
    command: (job) => ingest(job, connections),
  };
}

function ingest({ folder, databaseUrl }: LoadJob, connections: number): Command {
  const places = ['--landing', join(folder, 'landing'), '--config', configFile(folder)];
  const resources = ['--threads', '2', '--connections', String(connections)];
  return {
    program: projectNode,
    args: [...weirCommand, 'ingest', '--json', ...places, '--database-url', databaseUrl, ...resources],
  };
}

function configFile(folder: string): string {
  return join(folder, 'weir.config.json');
}

export const floor: Subject<LoadJob> = {
  name: FLOOR,
  prepare: async () => installNodePeers(),
  command: ({ databaseUrl, readyRows }) => ({
    program: projectNode,
    args: [join(peersFolder, 'floor.mjs'), databaseUrl, readyRows],
  }),
};

export const pandasLoad: Subject<LoadJob> = {
  name: PANDAS_LOAD,
  prepare: async () => void installPythonPeers(),
  reset: async ({ folder }) => void mkdirSync(folder, { recursive: true }),
  command: ({ file, products, customers, folder, databaseUrl }) => ({
    program: installPythonPeers(),
    args: [join(peersFolder, 'pandas_load.py'), file.path, file.day, products, customers, folder, databaseUrl],
  }),
};
