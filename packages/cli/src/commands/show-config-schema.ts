import { EXIT_CODE } from '../exit-code.ts';
import { membersOf } from '../output/column.ts';
import type { Session } from '../session.ts';

/** In CSV the schema is one cell. */
export async function showConfigSchema({ screen }: Session): Promise<number> {
  const { createJsonSchema } = await import('@weir/config');
  const schema = createJsonSchema();
  screen.document(schema);
  screen.records(membersOf('schema'), [{ schema: JSON.stringify(schema) }]);
  screen.say(JSON.stringify(schema, undefined, 2));
  return EXIT_CODE.done;
}
