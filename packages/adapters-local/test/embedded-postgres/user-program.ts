import { createInterface } from 'node:readline';
import { openEmbeddedPostgres } from '../../src/embedded-postgres/open-embedded-postgres.ts';

const server = await openEmbeddedPostgres({ dataDirectory: process.argv[2] ?? '' }).catch((error) => {
  process.stderr.write(`${error.code}: ${error.message} ${error.remedy}`);
  process.exit(1);
});
process.on('SIGINT', () => {});
process.stdout.write(`${server.connectionString}\n`);

for await (const line of createInterface(process.stdin)) {
  if (line === 'exit-without-closing') process.exit(3);
  await server.close();
  process.exit(0);
}
