import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './prepare.mjs';

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-gates-'));
});
after(() => rmSync(folder, { recursive: true }));

const script = (lines) => ['-uc', [`. ${join(root, 'scripts/gates.sh')}`, `cd ${folder}`, ...lines].join('\n')];
const options = (env) => ({ encoding: 'utf8', env: { ...process.env, WEIR_GATE_LOGS: join(folder, 'logs'), ...env } });

function run(lines, env = {}) {
  const { status, stdout } = spawnSync('bash', script([...lines, 'end_gates']), options(env));
  return {
    status,
    stdout,
    verdicts: stdout
      .match(/^(green|red)\b.*$/gm)
      .map((line) => line.replace(/ +[\d.]+ s +/, ' '))
      .sort(),
  };
}

test('all gates are shown after a red one, and the whole is red', () => {
  const { status, verdicts } = run(["gate 'first' false", "gate 'second' true"]);
  assert.equal(status, 1);
  assert.deepEqual(verdicts, ['green second', 'red first']);
});

test('all green is green, also for gates that had ended long before they were looked at', () => {
  const { status, verdicts } = run(["gate 'a' true", 'sleep 0.3', "gate 'b' true", 'sleep 0.3', "gate 'c' true"]);
  assert.equal(status, 0);
  assert.deepEqual(verdicts, ['green a', 'green b', 'green c']);
});

test('a gate that failed before another was waited for is still red', () => {
  const { status } = run(["gate 'a' false", 'sleep 0.3', "gate 'b' true", "alone 'c' true"]);
  assert.equal(status, 1);
});

test('a gate that hangs ends at its limit and is red', () => {
  const { verdicts } = run(["gate 'hangs' sleep 60", "gate 'works' true"], { WEIR_GATE_MINUTES: '0.01' });
  assert.deepEqual(verdicts, ['green works', 'red hangs']);
});

test('two gates run side by side, and what they print is not mixed', () => {
  const meet = (mine, other) =>
    `echo ${mine} begins; touch ${mine}; until [ -e ${other} ]; do sleep 0.01; done; echo ${mine} ends`;
  const { status, stdout } = run([`gate 'a' bash -c '${meet('a', 'b')}'`, `gate 'b' bash -c '${meet('b', 'a')}' >&2`]);
  assert.equal(status, 0);
  for (const name of ['a', 'b']) assert.match(stdout, new RegExp(`=== ${name}\n${name} begins\n${name} ends\n`));
});

test('no third gate begins while two run', () => {
  const mark = (name) => `touch ${name}.runs; sleep 0.5; rm ${name}.runs`;
  const { status } = run([
    `gate 'a' bash -c '${mark('a')}'`,
    `gate 'b' bash -c '${mark('b')}'`,
    `gate 'c' bash -c 'sleep 0.2; [ ! -e a.runs ] || [ ! -e b.runs ]'`,
  ]);
  assert.equal(status, 0);
});

test('a gate that must be alone waits for those before it, and those after it wait for it', () => {
  const { status, verdicts } = run([
    `gate 'before' bash -c 'sleep 0.3; touch done-before'`,
    `alone 'alone' bash -c '[ -e done-before ] && sleep 0.3 && [ ! -e after ]'`,
    `gate 'after' touch after`,
  ]);
  assert.equal(status, 0);
  assert.deepEqual(verdicts, ['green after', 'green alone', 'green before']);
});

test('a gate can be a function of the script that it stands in', () => {
  const { stdout } = run(['two_words() { printf "%s|" "$@"; }', 'export -f two_words', "gate 'a' two_words 'x y' z"]);
  assert.match(stdout, /=== a\nx y\|z\|/);
});

test('an interrupted run leaves no gate behind', async () => {
  const gateScript = script([
    'trap stop_gates EXIT',
    'trap "exit 143" TERM',
    `gate 'long' bash -c 'touch started; trap "touch stopped; exit" TERM; while true; do sleep 0.05; done'`,
    'end_gates',
  ]);
  const runner = spawn('bash', gateScript, { ...options({}), stdio: 'ignore' });
  while (!existsSync(join(folder, 'started'))) await sleep(20);
  runner.kill('SIGTERM');
  const [code] = await new Promise((resolve) => runner.once('exit', (...end) => resolve(end)));
  assert.equal(code, 143);
  assert.ok(existsSync(join(folder, 'stopped')));
});
