// Usage: npm run audit. Asks the registry for known vulnerabilities of what the lockfile installs. Exit codes: see judgeAudit.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { judgeAudit } from './judge-audit.mjs';
import { PNPM, root } from './prepare.mjs';

const { stdout } = spawnSync('npx', ['-y', PNPM, 'audit', '--json'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  // Windows knows npx only as a .cmd file, which needs a shell.
  shell: process.platform === 'win32',
});
const explained = JSON.parse(readFileSync(new URL('audit-explained.json', import.meta.url), 'utf8'));
const { exitCode, lines } = judgeAudit(stdout ?? '', explained);
console.log(lines.join('\n'));
process.exitCode = exitCode;
