// `npm run changeset`: changesets, with the pnpm that it publishes with, which need not be installed.
import { spawnSync } from 'node:child_process';
import { PNPM, root } from './prepare.mjs';

const { status, error } = spawnSync('npx', ['-y', '-p', PNPM, 'changeset', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  // Windows knows npx only as a .cmd file, which needs a shell.
  shell: process.platform === 'win32',
});
if (error !== undefined) throw error;
process.exitCode = status ?? 1;
