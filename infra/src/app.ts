// Started by the CDK command line, which hands over options as context and says where templates go.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { deployedFiles } from './deployed-files.ts';
import { OPTION_NAMES, parseDeploymentOptions } from './deployment-options.ts';
import { addWeir } from './weir-app.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const app = new App({ analyticsReporting: false });
const given = (name: string) => app.node.tryGetContext(name);
try {
  addWeir(app, {
    options: parseDeploymentOptions(Object.fromEntries(OPTION_NAMES.map((name) => [name, given(name)]))),
    files: deployedFiles(root, { wheel: given('wheel') === 'placeholder' ? 'placeholder' : 'real' }),
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
app.synth();
