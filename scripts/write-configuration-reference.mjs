/**
 * Writes what is made from the form of weir.config.json: its JSON schema, and the tables of its keys in docs/configuration.md.
 * `packages/config/test/published.test.ts` fails where they are not in step.
 *
 *     node scripts/write-configuration-reference.mjs
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeConfig, putBetweenMarks } from '../packages/config/src/config-reference.ts';
import { createJsonSchema } from '../packages/config/src/json-schema.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const schema = join(root, 'packages/config/weir.config.schema.json');
const page = join(root, 'docs/configuration.md');

writeFileSync(schema, `${JSON.stringify(createJsonSchema(), undefined, 2)}\n`);
writeFileSync(page, putBetweenMarks(readFileSync(page, 'utf8'), describeConfig()));
execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', schema, page], {
  cwd: root,
  stdio: 'inherit',
});
