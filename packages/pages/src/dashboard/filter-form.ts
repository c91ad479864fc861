import { type Html, html } from '../html/html.ts';

export interface FilterField {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  /** Makes it a list to choose from, with an entry for all. */
  readonly choices?: readonly string[];
  readonly type?: 'date' | 'search';
}

/** Sends what is filled in as the query of the page's own address. */
export function filterForm(action: string, fields: readonly FilterField[], button = 'Show'): Html {
  return html`<form action="${action}" method="get">${fields.map(field)}<button type="submit">${button}</button></form>`;
}

function field({ name, label, value, choices, type = 'search' }: FilterField): Html {
  if (choices === undefined) {
    return html`<label>${label}<input type="${type}" name="${name}" value="${value ?? ''}"></label>`;
  }
  const option = (choice: string) =>
    html`<option value="${choice}"${choice === value && html` selected`}>${choice}</option>`;
  return html`<label>${label}<select name="${name}"><option value="">all</option>${choices.map(option)}</select></label>`;
}
