import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from './template.ts';

export interface AssemblyStack {
  readonly name: string;
  readonly template: Template;
}

/** What a synthesis of CDK left in its folder. */
export interface Assembly {
  /** A stack comes after those that it needs. */
  readonly stacks: readonly AssemblyStack[];
  /** The path of an asset by its key in the bucket for assets: `<hash>.zip` is the folder that would be packed. */
  readonly assets: ReadonlyMap<string, string>;
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly dependencies?: readonly string[];
        readonly properties?: { readonly templateFile?: string; readonly file?: string; readonly stackName?: string };
      }
    >
  >;
}

interface AssetManifest {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

/** @throws Error where the folder holds no synthesis */
export function readAssembly(folder: string): Assembly {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) throw new Error(`${folder} holds no manifest.json: synthesize the stacks first.`);
  const { artifacts } = readJsonFile<Manifest>(path);
  const stacks: AssemblyStack[] = [];
  const assets = new Map<string, string>();
  const visited = new Set<string>();
  const visit = (id: string) => {
    const artifact = artifacts[id];
    if (artifact === undefined || visited.has(id)) return;
    visited.add(id);
    for (const needed of artifact.dependencies ?? []) visit(needed);
    const { type, properties = {} } = artifact;
    if (type === 'aws:cloudformation:stack') {
      const template = readJsonFile<Template>(join(folder, properties.templateFile!));
      stacks.push({ name: properties.stackName ?? id, template });
    }
    if (type !== 'cdk:asset-manifest') return;
    const { files = {} } = readJsonFile<AssetManifest>(join(folder, properties.file!));
    for (const { source, destinations } of Object.values(files)) {
      for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, join(folder, source.path));
    }
  };
  for (const id of Object.keys(artifacts)) visit(id);
  return { stacks, assets };
}

function readJsonFile<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
