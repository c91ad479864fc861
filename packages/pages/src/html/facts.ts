import { type Html, type HtmlValue, html } from './html.ts';

/** Names with their values; what is undefined is left out. */
export function facts(entries: readonly (readonly [name: string, value: HtmlValue])[]): Html {
  const told = entries.filter(([, value]) => value !== undefined);
  return html`<dl class="facts">${told.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>`;
}
