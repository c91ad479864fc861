import { ServiceFault } from '../server/service.ts';

/** An event pattern that was checked: every matcher in it is one that `matchesPattern` knows. */
export type EventPattern = Readonly<Record<string, unknown>>;

type Json = unknown;
type Matcher = (value: Json) => boolean;

/** @throws ServiceFault `InvalidEventPatternException`, also where a matcher is none that the simulator knows */
export function parsePattern(text: string): EventPattern {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch (error) {
    throw invalid(`not JSON: ${(error as Error).message}`);
  }
  if (!isObject(pattern) || Object.keys(pattern).length === 0) throw invalid('empty, or no object');
  check(pattern);
  return pattern;
}

/** Whether an event has, for every field of the pattern, a value that one of the field's matchers takes. */
export function matchesPattern(pattern: EventPattern, event: Json): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or') return (wanted as readonly EventPattern[]).some((part) => matchesPattern(part, event));
    const value = isObject(event) ? event[field] : undefined;
    if (isObject(wanted)) return fieldsMatch(wanted, value);
    return (wanted as readonly unknown[]).some((rule) => takes(rule, value));
  });
}

/** A list of objects matches where one of them does. */
function fieldsMatch(wanted: EventPattern, value: Json): boolean {
  if (Array.isArray(value)) return value.some((item) => matchesPattern(wanted, item));
  return matchesPattern(wanted, value);
}

function takes(rule: unknown, value: Json): boolean {
  if (isObject(rule) && 'exists' in rule) return rule.exists === (value !== undefined);
  if (value === undefined) return false;
  const matcher = toMatcher(rule);
  return Array.isArray(value) ? value.some(matcher) : matcher(value);
}

function toMatcher(rule: unknown): Matcher {
  if (!isObject(rule)) return (value) => value === rule;
  const [[kind, operand] = ['', undefined]] = Object.entries(rule);
  switch (kind) {
    case 'prefix':
      return textMatcher(operand, (text, part) => text.startsWith(part));
    case 'suffix':
      return textMatcher(operand, (text, part) => text.endsWith(part));
    case 'equals-ignore-case':
      return onText((text) => text.toLowerCase() === String(operand).toLowerCase());
    case 'wildcard': {
      const expression = wildcardExpression(String(operand));
      return onText((text) => expression.test(text));
    }
    case 'anything-but': {
      const refused = (Array.isArray(operand) ? operand : [operand]).flatMap(spread).map(toMatcher);
      return (value) => !refused.some((matcher) => matcher(value));
    }
    case 'numeric':
      return (value) => typeof value === 'number' && isWithin(value, operand as readonly (string | number)[]);
    case 'exists':
      return (value) => operand === (value !== undefined);
    default:
      throw invalid(`unknown matcher ${kind}`);
  }
}

/** `{"prefix": ["a", "b"]}` within `anything-but` is one for each. */
function spread(rule: unknown): readonly unknown[] {
  if (!isObject(rule)) return [rule];
  return Object.entries(rule).flatMap(([kind, operand]) =>
    Array.isArray(operand) ? operand.map((part) => ({ [kind]: part })) : [{ [kind]: operand }],
  );
}

function textMatcher(operand: unknown, compare: (text: string, part: string) => boolean): Matcher {
  if (!isObject(operand)) return onText((text) => compare(text, String(operand)));
  const part = String(operand['equals-ignore-case']).toLowerCase();
  return onText((text) => compare(text.toLowerCase(), part));
}

function onText(test: (text: string) => boolean): Matcher {
  return (value) => typeof value === 'string' && test(value);
}

/** `*` stands for any characters, `\*` for itself. */
function wildcardExpression(pattern: string): RegExp {
  const parts = pattern.match(/\\[*\\]|\*|[^*\\]+|\\/g) ?? [];
  const source = parts.map((part) => {
    if (part === '*') return '.*';
    const literal = part === '\\*' || part === '\\\\' ? part.slice(1) : part;
    return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 's');
}

function isWithin(value: number, [operator, bound, ...more]: readonly (string | number)[]): boolean {
  const limit = Number(bound);
  const holds =
    operator === '='
      ? value === limit
      : operator === '<'
        ? value < limit
        : operator === '<='
          ? value <= limit
          : operator === '>'
            ? value > limit
            : value >= limit;
  return holds && (more.length === 0 || isWithin(value, more));
}

function check(pattern: Readonly<Record<string, unknown>>): void {
  for (const [field, wanted] of Object.entries(pattern)) {
    if (field === '$or') {
      if (!Array.isArray(wanted)) throw invalid('$or needs a list');
      for (const part of wanted) check(part);
    } else if (isObject(wanted)) {
      check(wanted);
    } else if (Array.isArray(wanted) && wanted.length > 0) {
      for (const rule of wanted) toMatcher(rule);
    } else {
      throw invalid(`"${field}" must be an object or an array`);
    }
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(why: string): ServiceFault {
  return new ServiceFault('InvalidEventPatternException', `Event pattern is not valid. Reason: ${why}`);
}
