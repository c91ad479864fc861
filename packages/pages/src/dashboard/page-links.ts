import { type Html, html } from '../html/html.ts';

export interface PageLinksContent {
  /** Of what is listed: `runs`. */
  readonly what: string;
  /** Undefined on the first page. */
  readonly first: string | undefined;
  /** Undefined on the last page. */
  readonly next: string | undefined;
}

export function pageLinks({ what, first, next }: PageLinksContent): Html | false {
  if (first === undefined && next === undefined) return false;
  return html`<nav class="pages" aria-label="Pages of ${what}">${first !== undefined && html`<a href="${first}">First page</a>`}${next !== undefined && html`<a href="${next}" rel="next">Next page</a>`}</nav>`;
}
