// Writes the JSON schemas in docs/ from those that the code goes by. A test tells where they are not the same.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runEventJsonSchema } from '../packages/core/src/telemetry/run-event.ts';
import { root } from './prepare.mjs';

writeFileSync(join(root, 'docs', 'run-event.schema.json'), `${JSON.stringify(runEventJsonSchema(), null, 2)}\n`);
