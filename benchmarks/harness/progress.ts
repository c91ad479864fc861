/** To standard error, with the time since the start: standard output is the table's. */
export function tellProgress(text: string): void {
  process.stderr.write(`${process.uptime().toFixed(0).padStart(5)} s  ${text}\n`);
}
