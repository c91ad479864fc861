/**
 * A text as one cell of a CSV file that people open. A spreadsheet runs a cell that begins like a formula: it gets an apostrophe
 * in front, so that it is text. Only the cell changes; what is stored stays as it is. Numbers of ours need none of this.
 */
export function csvCell(value: string): string {
  const text = value.split(SEPARATORS).map(defuse).join('');
  return /[",;'\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Where a spreadsheet of another country, which reads no quotes in the middle of a cell, begins another cell. */
const SEPARATORS = /([;\t\r\n])/;

/** Also what looks like a number: with another cell behind it, a spreadsheet that goes by other separators calculates. */
function defuse(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Neither blanks nor quotes in front keep a formula from running, nor does its full-width form. */
const FORMULA = /^[\p{Z}\p{Cc}\p{Cf}"]*[=+\-@＝＋－＠]/u;
