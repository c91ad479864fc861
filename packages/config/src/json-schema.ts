import * as z from 'zod';
import { publishedSchema } from './config-schema.ts';

/** A part of a JSON schema, as far as this package reads it. */
export interface JsonSchema {
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
}

/** The form of a file as a JSON schema, with which editors complete and check it. */
export function createJsonSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(publishedSchema, { io: 'input' });
  return { $schema, title: 'Configuration of Weir', ...schema } as JsonSchema;
}

/** The keys that an object at this place of a file may have; undefined where it may have any. */
export function allowedKeys(path: readonly PropertyKey[]): readonly string[] | undefined {
  let part: JsonSchema | undefined = createJsonSchema();
  for (const key of path) {
    const others: JsonSchema | undefined =
      typeof part?.additionalProperties === 'object' ? part.additionalProperties : undefined;
    part = typeof key === 'number' ? part?.items : (part?.properties?.[String(key)] ?? others);
    part = part?.anyOf?.find(({ properties }) => properties !== undefined) ?? part;
  }
  return part?.properties === undefined ? undefined : Object.keys(part.properties);
}
