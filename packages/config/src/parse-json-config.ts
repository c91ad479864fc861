import { findNodeAtLocation, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { ConfigError } from './config-error.ts';
import { lineAndColumn } from './line-and-column.ts';

export type Place = { readonly line: number; readonly column: number };

export interface ParsedJson {
  readonly value: unknown;
  /** Where the value of a key is. */
  placeOf(path: readonly PropertyKey[]): Place | undefined;
}

/**
 * JSON.parse does not tell the place of every mistake; jsonc-parser does.
 *
 * @throws ConfigError `config.not-json`
 */
export function parseJsonConfig(path: string, text: string): ParsedJson {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  const [first] = errors;
  if (first !== undefined || tree === undefined) {
    const place = lineAndColumn(text, first?.offset ?? 0);
    const what = first === undefined ? 'it is empty' : readable(printParseErrorCode(first.error));
    throw new ConfigError({
      code: 'config.not-json',
      message: `The configuration ${path} is not JSON: ${what} at line ${place.line}, column ${place.column}.`,
      remedy: 'Mend it there. Comments and trailing commas are not allowed; {} stands for the defaults.',
      place,
    });
  }
  return {
    value: JSON.parse(text),
    placeOf: (keys) => {
      const node = findNodeAtLocation(
        tree,
        keys.map((key) => (typeof key === 'symbol' ? String(key) : key)),
      );
      return node === undefined ? undefined : lineAndColumn(text, node.offset);
    },
  };
}

/** `PropertyNameExpected` -> `property name expected`. */
function readable(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, ' $&').toLowerCase();
}
