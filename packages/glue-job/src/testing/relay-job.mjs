// Stands in for job.mjs: hands the lines of a file to the workers, and writes what they printed to another one.
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  strict: false,
  args: process.argv.slice(2),
  options: { 'weir-config': { type: 'string' } },
});
const { partitions, printed } = JSON.parse(values['weir-config']);
const send = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
send({ kind: 'splits', partitions: JSON.parse(readFileSync(partitions, 'utf8')) });

const lines = [];
let failure;
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.kind === 'result') {
    lines.push(message.line);
    continue;
  }
  if (message.kind === 'failed') failure = message.message;
  break;
}
writeFileSync(printed, JSON.stringify(lines));
send({
  kind: 'end',
  outcome: failure === undefined ? 'committed' : 'failed',
  message: failure ?? 'All were handed on.',
});
process.exit(failure === undefined ? 0 : 1);
