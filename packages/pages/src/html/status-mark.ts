import { type Html, html } from './html.ts';

/** How it went, in words, with a sign and a colour that say the same. */
export function statusMark(status: string): Html {
  const [kind, sign] = MARKS[status] ?? ['plain', '•'];
  return html`<span class="status ${kind!}"><span aria-hidden="true">${sign!}</span> ${status.replaceAll('-', ' ')}</span>`;
}

const MARKS: Readonly<Record<string, readonly [kind: string, sign: string]>> = {
  succeeded: ['good', '✓'],
  loaded: ['good', '✓'],
  resolved: ['good', '✓'],
  inserted: ['good', '✓'],
  updated: ['good', '✓'],
  'succeeded-with-rejects': ['mixed', '▲'],
  open: ['mixed', '▲'],
  empty: ['mixed', '○'],
  refused: ['bad', '✕'],
  failed: ['bad', '✕'],
  undone: ['bad', '↺'],
};
