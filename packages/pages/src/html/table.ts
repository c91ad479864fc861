import { type Html, type HtmlValue, html } from './html.ts';

export interface Column {
  readonly title: string;
  /** Of numbers. */
  readonly align?: 'right';
}

export interface TableContent {
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Cells in the order of the columns; the first one names its row. */
  readonly rows: readonly (readonly HtmlValue[])[];
  /** The last row, of sums. */
  readonly totals?: readonly HtmlValue[] | undefined;
}

/** A table that scrolls sideways where the screen is narrow, also by the keyboard. */
export function table({ caption, columns, rows, totals }: TableContent): Html {
  const cell = (value: HtmlValue, place: number, tag: 'th' | 'td') => {
    const isNumber = columns[place]!.align === 'right';
    return tag === 'th'
      ? html`<th scope="row">${value}</th>`
      : html`<td${isNumber && html` class="number"`}>${value}</td>`;
  };
  const line = (cells: readonly HtmlValue[]) =>
    html`<tr>${cells.map((value, place) => cell(value, place, place === 0 ? 'th' : 'td'))}</tr>\n`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${columns.map(({ title, align }) => html`<th scope="col"${align === 'right' && html` class="number"`}>${title}</th>`)}</tr></thead>
<tbody>
${rows.map(line)}</tbody>
${totals !== undefined && html`<tfoot>${line(totals)}</tfoot>`}
</table>
</div>`;
}
