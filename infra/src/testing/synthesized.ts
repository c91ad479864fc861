import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { DeployedFiles } from '../deployed-files.ts';
import { parseDeploymentOptions } from '../deployment-options.ts';
import { NODE_WHEEL } from '../node-wheel.ts';
import { FUNCTION_NAMES } from '../permissions/work-permissions.ts';
import { addWeir } from '../weir-app.ts';

export interface Synthesized {
  readonly stateful: Template;
  readonly stateless: Template;
}

/** Both stacks with small files in place of the programs; they and what is synthesized lie in the folder. */
export function addToNewApp(folder: string, given: Given = {}, add = addWeir) {
  const app = new App({ analyticsReporting: false, outdir: join(folder, 'out') });
  const options = parseDeploymentOptions({ stage: 'test', email: 'shop@example.com', ...given });
  return { app, ...add(app, { options, files: smallFiles(join(folder, 'files')) }) };
}

/** Templates of both stacks. Throws where cdk-nag finds something. */
export function synthesizeAnew(given: Given = {}): Synthesized {
  const folder = mkdtempSync(join(tmpdir(), 'weir-infra-'));
  try {
    const { app, stateful, stateless } = addToNewApp(folder, given);
    const assembly = app.synth();
    const template = (name: string) => Template.fromJSON(assembly.getStackByName(name).template);
    return { stateful: template(stateful.stackName), stateless: template(stateless.stackName) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same, once for all who ask in one process: it takes seconds. */
export function synthesize(given: Given = {}): Synthesized {
  const key = JSON.stringify(given);
  const known = synthesized.get(key) ?? synthesizeAnew(given);
  synthesized.set(key, known);
  return known;
}

type Given = Readonly<Record<string, unknown>>;
const synthesized = new Map<string, Synthesized>();

/** The properties of all resources of a type, by logical id. */
export function resourcesOf(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.findResources(type)) as [string, Resource][];
}

export interface Resource {
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any shape, and a wrong guess fails its test.
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string[];
}

function smallFiles(folder: string): DeployedFiles {
  const file = (...path: string[]) => {
    mkdirSync(join(folder, ...path.slice(0, -1)), { recursive: true });
    writeFileSync(join(folder, ...path), path.join('/'));
    return join(folder, ...path);
  };
  for (const name of FUNCTION_NAMES) file('functions', name, 'index.mjs');
  return {
    functionFolder: (name) => join(folder, 'functions', name),
    driver: file('driver.py'),
    job: file('job.mjs'),
    worker: file('worker.mjs'),
    nodeWheel: file(NODE_WHEEL.file),
  };
}
