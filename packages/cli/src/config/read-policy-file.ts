import { readFile } from 'node:fs/promises';
import { type Policy, type PolicyProblem, parsePolicy } from '@weir/core';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type CommandError, usageError } from '../errors/command-error.ts';
import { lineAndColumn } from './line-and-column.ts';

/**
 * The policy of a JSON file.
 *
 * @throws CommandError `config.unreadable`, `config.not-json`, `config.invalid`
 */
export async function readPolicyFile(path: string): Promise<Policy> {
  const text = await readText(path);
  const tree = parseJson(path, text);
  try {
    return parsePolicy(JSON.parse(text));
  } catch (error) {
    if (!isPolicyError(error)) throw error;
    throw invalidPolicy(path, text, tree, error.problems);
  }
}

async function readText(path: string): Promise<string> {
  try {
    // A byte order mark is none of JSON's business.
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'there is no permission' }[
      code ?? ''
    ];
    throw usageError({
      code: 'config.unreadable',
      message: `The configuration ${path} cannot be read: ${why ?? (error as Error).message}.`,
      remedy: 'Name a readable JSON file with --config, or leave it out to use the default policy.',
      cause: error,
    });
  }
}

/** JSON.parse does not tell the place of every mistake; jsonc-parser does. */
function parseJson(path: string, text: string): Node {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  const [first] = errors;
  if (first === undefined && tree !== undefined) return tree;
  const { line, column } = lineAndColumn(text, first?.offset ?? 0);
  const what = first === undefined ? 'it is empty' : readable(printParseErrorCode(first.error));
  throw usageError({
    code: 'config.not-json',
    message: `The configuration ${path} is not JSON: ${what} at line ${line}, column ${column}.`,
    remedy: 'Mend it there. Comments and trailing commas are not allowed; {} stands for the default policy.',
    document: { line, column },
  });
}

/** `PropertyNameExpected` -> `property name expected`. */
function readable(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, ' $&').toLowerCase();
}

function invalidPolicy(path: string, text: string, tree: Node, all: readonly PolicyProblem[]): CommandError {
  const problems = all.map(({ key, message }) => ({ key, message, line: lineOf(text, tree, key) }));
  const lines = problems.map(({ key, message, line }) => {
    const place = line === undefined ? '' : ` (line ${line})`;
    return key === '' ? message : `${key}${place}: ${message}`;
  });
  return usageError({
    code: 'config.invalid',
    message: [`The configuration ${path} is not a policy:`, ...lines].join('\n'),
    remedy: 'Mend the keys named above. Every key may be left out; it then has its default.',
    document: { problems },
  });
}

function lineOf(text: string, tree: Node, key: string): number | undefined {
  if (key === '') return undefined;
  const path = key.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const node = findNodeAtLocation(tree, path);
  return node === undefined ? undefined : lineAndColumn(text, node.offset).line;
}

function isPolicyError(error: unknown): error is Error & { problems: readonly PolicyProblem[] } {
  return error instanceof Error && error.name === 'PolicyError';
}
