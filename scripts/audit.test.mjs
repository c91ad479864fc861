// Run with `node --test 'scripts/*.test.mjs'`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeAudit } from './judge-audit.mjs';

const advisory = {
  module_name: 'left-pad',
  severity: 'high',
  title: 'Pads to the right',
  url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
  findings: [{ version: '1.0.0', paths: ['packages__cli>left-pad'] }],
};
const report = (...found) =>
  JSON.stringify({ actions: [], advisories: { ...found }, metadata: { totalDependencies: 900 } });

test('nothing found is clean, and says how much was looked at', () => {
  const { exitCode, lines } = judgeAudit(report(), {});
  assert.deepEqual([exitCode, lines], [0, ['900 packages: 0 known vulnerabilities, 0 of them explained.']]);
});

test('what is found is named with its way here, and is to be acted on', () => {
  const { exitCode, lines } = judgeAudit(report(advisory), {});
  assert.equal(exitCode, 1);
  assert.equal(lines[0], 'GHSA-aaaa-bbbb-cccc high: left-pad: Pads to the right (packages__cli>left-pad)');
});

test('what is explained is told with its reason, and lets pass', () => {
  const { exitCode, lines } = judgeAudit(report(advisory), { 'GHSA-aaaa-bbbb-cccc': 'only in a test' });
  assert.equal(exitCode, 0);
  assert.match(lines[0], /explained: only in a test$/);
});

test('an explanation of what is no longer found has to go', () => {
  assert.equal(judgeAudit(report(), { 'GHSA-aaaa-bbbb-cccc': 'only in a test' }).exitCode, 1);
});

for (const [what, answer] of Object.entries({
  'a registry without audits': JSON.stringify({
    error: { code: 'ERR_PNPM_AUDIT_BAD_RESPONSE', message: 'responded with 405' },
  }),
  'no answer': '',
  'an answer of another form': '{"auditReportVersion":2,"vulnerabilities":{}}',
})) {
  test(`${what} is told as not audited, never as clean`, () => {
    const { exitCode, lines } = judgeAudit(answer, {});
    assert.equal(exitCode, 2);
    assert.match(lines[0], /^Not audited: /);
  });
}
