import { createJsonSchema, type JsonSchema } from './json-schema.ts';

/** All keys of a file as tables in Markdown, made from its schema: one for each object. */
export function describeConfig(): string {
  const { properties = {}, ...schema } = createJsonSchema();
  const { profiles, ...others } = properties;
  const whole = tableOf('', {
    ...schema,
    properties: { ...others, profiles: { ...profiles, additionalProperties: true } },
  });
  return `${whole.join('\n\n')}\n`;
}

/** The page with other tables; where they stand is marked in it. */
export function putBetweenMarks(page: string, tables: string): string {
  const [before, , after] = splitAtMarks(page);
  return `${before}${BEGIN}\n\n${tables}\n${END}${after}`;
}

/** What stands before, between and after the marks of a page. */
export function splitAtMarks(page: string): readonly [before: string, between: string, after: string] {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The page has no ${BEGIN} with ${END} behind it.`);
  return [page.slice(0, begin), page.slice(begin + BEGIN.length, end), page.slice(end + END.length)];
}

const BEGIN = '<!-- Made by scripts/write-configuration-reference.mjs from the schema. -->';
const END = '<!-- End of what is made. -->';

function tableOf(path: string, schema: JsonSchema): string[] {
  const entries = Object.entries(schema.properties ?? {}).sort(
    ([a], [b]) => Number(isOwnTable(a, schema)) - Number(isOwnTable(b, schema)),
  );
  const required = new Set(schema.required);
  const rows = entries.map(([key, part]) => {
    const name = `\`${path === '' ? key : `${path}.${key}`}\``;
    return [name, typeOf(part), defaultOf(part, required.has(key)), part.description ?? ''];
  });
  const head = [
    ['key', 'value', 'default', 'meaning'],
    ['---', '---', '---', '---'],
  ];
  const table = [...head, ...rows].map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`).join('\n');
  const inner = entries.flatMap(([key, part]) =>
    part.properties === undefined ? [] : tableOf(path === '' ? key : `${path}.${key}`, part),
  );
  return [table, ...inner];
}

function isOwnTable(key: string, { properties }: JsonSchema): boolean {
  return properties?.[key]?.properties !== undefined;
}

function typeOf(part: JsonSchema): string {
  const { type, enum: words, anyOf, items, properties, minimum, maximum } = part;
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(', ');
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ');
  if (items !== undefined) return `list of ${typeOf(items)}`;
  if (properties !== undefined) {
    const keys = Object.keys(properties);
    return keys.length > 2 ? 'object, see below' : `{ ${keys.map((key) => `\`${key}\``).join(', ')} }`;
  }
  if (type === 'integer' || type === 'number') {
    const name = type === 'integer' ? 'whole number' : 'number';
    return minimum === undefined ? name : `${name} from ${minimum} to ${maximum}`;
  }
  return type === 'string' ? 'text' : (type ?? '');
}

function defaultOf(part: JsonSchema, isRequired: boolean): string {
  if (part.default === undefined) return isRequired ? 'required' : '';
  return `\`${JSON.stringify(part.default)}\``;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
