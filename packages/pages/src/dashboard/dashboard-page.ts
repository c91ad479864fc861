import { type Html, html } from '../html/html.ts';
import { renderDocument } from '../html/render-document.ts';

export interface DashboardPage {
  readonly title: string;
  /** The entry of the navigation that it belongs to. */
  readonly path: string | undefined;
  readonly main: Html;
  /** A script of the dashboard's own. */
  readonly script?: string | undefined;
}

const NAVIGATION = [
  ['/', 'Runs'],
  ['/files', 'Files'],
  ['/days', 'Days'],
  ['/rejects', 'Rejects'],
  ['/transaction', 'Transaction'],
  ['/throughput', 'Throughput'],
  ['/live', 'Live'],
] as const;

export function dashboardPage({ title, path, main, script }: DashboardPage): string {
  const entry = ([target, name]: (typeof NAVIGATION)[number]) =>
    html`<li><a href="${target}"${target === path && html` aria-current="page"`}>${name}</a></li>`;
  return renderDocument({
    title: `${title} - Weir`,
    head: html`<link rel="stylesheet" href="/assets/style.css"><link rel="icon" href="data:,">
${script !== undefined && html`<script src="${script}" defer></script>`}`,
    banner: html`<header class="banner"><p class="brand">Weir</p><nav aria-label="Pages"><ul>${NAVIGATION.map(entry)}</ul></nav></header>`,
    main: html`<h1>${title}</h1>
${main}`,
  });
}
