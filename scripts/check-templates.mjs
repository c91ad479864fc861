/**
 * Writes the CloudFormation templates, checked by cdk-nag, and has cfn-lint look at them. Ends with 1 where it warns of
 * anything. Needs Python 3 with venv and pip, and once the Python index; it needs no AWS account.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const CFN_LINT = 'cfn-lint==1.58.0';
/** A dependency that is said twice: CDK writes each function's role so. */
const HARMLESS = 'W3005';

const cfnLint = installedCfnLint();
run(process.execPath, [join(root, 'scripts', 'synth.mjs'), '--stage', 'check', '--email', 'check@example.com']);
const folder = join(root, '.weir', 'cdk.out');
const templates = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
if (templates.length !== 2) fail(`There should be two templates in ${folder}, but there are ${templates.length}.`);
run(cfnLint, [
  ...['--ignore-checks', HARMLESS, '--non-zero-exit-code', 'warning', '--'],
  ...templates.map((name) => join(folder, name)),
]);
console.log(`${CFN_LINT} finds nothing in ${templates.join(' and ')}.`);

/** In an environment of its own, which is made the first time. */
function installedCfnLint() {
  const environment = join(root, '.weir', CFN_LINT.replace('==', '-'));
  const program = join(environment, 'bin', 'cfn-lint');
  if (existsSync(program)) return program;
  rmSync(environment, { recursive: true, force: true });
  run('python3', ['-m', 'venv', environment]);
  run(join(environment, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', CFN_LINT]);
  return program;
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0)
    fail(`${command} ${args[0]} failed${error ? `: ${error.message}` : ''}. What it said stands above.`);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
