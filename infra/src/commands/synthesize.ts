import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DeploymentOptions } from '../deployment-options.ts';
import { PLACES } from './run-command.ts';
import { root, runNode } from './run-program.ts';

/**
 * Builds the programs and writes the templates and assets of both stacks, checked by cdk-nag. Needs no account.
 *
 * @returns the folder, which the command line of CDK takes as an application
 */
export async function synthesize(options: DeploymentOptions, wheel: 'real' | 'placeholder'): Promise<string> {
  await runNode([join(root, 'scripts', 'build.mjs')], { what: 'Building the programs' });
  const outdir = join(root, PLACES.assembly);
  rmSync(outdir, { recursive: true, force: true });
  await runNode([join(root, 'infra', 'src', 'app.ts')], {
    what: 'Writing the templates',
    env: { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify({ ...options, wheel }) },
  });
  return outdir;
}
