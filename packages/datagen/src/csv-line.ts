/** One line of CSV with its line feed; values are quoted only where they must be. */
export function csvLine(values: readonly string[]): string {
  return `${values.map(csvValue).join(',')}\n`;
}

function csvValue(value: string): string {
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
