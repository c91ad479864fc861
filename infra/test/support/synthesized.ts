import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { DeployedFiles } from '../../src/deployed-files.ts';
import { parseDeploymentOptions } from '../../src/deployment-options.ts';
import { NODE_WHEEL } from '../../src/node-wheel.ts';
import { FUNCTION_NAMES } from '../../src/permissions/work-permissions.ts';
import { addWeir } from '../../src/weir-app.ts';

export interface Synthesized {
  readonly stateful: Template;
  readonly stateless: Template;
}

/** Both stacks with small files in place of the programs, made anew each time. */
export function addToNewApp(given: Readonly<Record<string, unknown>> = {}, add = addWeir) {
  const app = new App({ analyticsReporting: false, outdir: temporaryFolder() });
  const options = parseDeploymentOptions({ stage: 'test', email: 'shop@example.com', ...given });
  return { app, ...add(app, { options, files: smallFiles() }) };
}

/** Templates of both stacks. Throws where cdk-nag finds something. */
export function synthesize(given: Readonly<Record<string, unknown>> = {}): Synthesized {
  const { app, stateful, stateless } = addToNewApp(given);
  const assembly = app.synth();
  const template = (name: string) => Template.fromJSON(assembly.getStackByName(name).template);
  return { stateful: template(stateful.stackName), stateless: template(stateless.stackName) };
}

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

function smallFiles(): DeployedFiles {
  const folder = temporaryFolder();
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

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Gone when the tests of a file are done. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-infra-'));
  folders.push(folder);
  return folder;
}
