import { printable } from '@weir/core/text';
import { html as fill } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Markup that is ready to be sent. */
export type Html = HtmlEscapedString;

/** What stands for nothing (`undefined`, `false`) leaves no trace. */
export type HtmlValue = string | number | false | undefined | Html | readonly HtmlValue[];

/**
 * Markup with values in it. A text of others cannot become markup, nor hide or turn what stands around it, whatever it holds;
 * attributes stand in double quotes.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return fill(strings, ...values.map(show)) as Html;
}

function show(value: HtmlValue): unknown {
  if (typeof value === 'string') return printable(value);
  return Array.isArray(value) ? value.map(show) : value;
}
