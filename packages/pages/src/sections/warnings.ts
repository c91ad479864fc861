import { type Html, html } from '../html/html.ts';
import { section } from '../html/section.ts';

export function warningsSection(warnings: readonly string[]): Html {
  return section(
    'warnings',
    'Warnings',
    warnings.length === 0
      ? html`<p>None.</p>`
      : html`<ul>${warnings.map((warning) => html`<li>${warning}</li>\n`)}</ul>`,
  );
}
