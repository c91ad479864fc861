import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { projectNode, root } from './places.ts';

/** The machine and the versions, as lines of a list. */
export function describeMachine(): string {
  const processors = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const peers = JSON.parse(readFileSync(join(root, 'benchmarks', 'package.json'), 'utf8')).dependencies;
  const python = readFileSync(join(root, 'benchmarks', 'requirements.txt'), 'utf8').match(
    /^(pandas|pyarrow|psycopg)==\S+/gm,
  );
  const spark = /^pyspark==\S+/m.exec(readFileSync(join(root, 'scripts', 'spark-requirements.txt'), 'utf8'))?.[0];
  return [
    `- ${processors.length} processors (${processors[0]?.model}), ${memory} GB, Linux ${release()}`,
    `- Node ${firstLine(projectNode, '--version')}, Weir at ${firstLine('git', '-C', root, 'rev-parse', '--short', 'HEAD')}`,
    `- ${Object.entries(peers)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
    `- ${[...(python ?? []), spark].join(', ')}`,
  ].join('\n');
}

function firstLine(program: string, ...args: string[]): string {
  return spawnSync(program, args, { encoding: 'utf8' }).stdout?.split('\n')[0] ?? '';
}
