import { type Html, type HtmlValue, html } from './html.ts';

/** A part of a page under a heading of its own. */
export function section(id: string, title: string, ...content: readonly HtmlValue[]): Html {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>
`;
}

/** What is worth having, but not at the first look. */
export function details(summary: string, content: HtmlValue): Html {
  return html`<details><summary>${summary}</summary>${content}</details>`;
}
