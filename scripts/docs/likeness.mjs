/** Makes what differs from run to run alike: ids of runs, times, durations, the folder. Widths stay, so that tables do. */
export class Likeness {
  #folder;
  #shown = new Map();

  constructor(folder) {
    this.#folder = folder;
  }

  /** A command of a page, with the ids that stand for those of the page. */
  real(command) {
    let text = command;
    for (const [id, shown] of this.#shown) text = text.replaceAll(shown, id);
    return text;
  }

  alike(output) {
    const today = new Date().toISOString().slice(0, 10);
    return output
      .replace(/^The database is kept in .*\n/gm, '')
      .replaceAll(this.#folder, '/shop')
      .replace(/\b\d{8}T\d{6}Z-[0-9a-f]{6}\b/g, (id) => this.#show(id))
      .replace(
        new RegExp(`${today}([T ])\\d\\d:\\d\\d(:\\d\\d)?(\\.\\d+)?`, 'g'),
        (_, between, seconds, fraction) => `2026-01-15${between}06:15${seconds ? ':00' : ''}${fraction ? '.000' : ''}`,
      )
      .replace(/\b\d+(\.\d+)? (ms|s)\b/g, '0.5 s')
      .replace(/\b[\d.,]+ ([kM]?)(rows|B)\/s/g, '1,000 $2/s');
  }

  #show(id) {
    const shown = this.#shown.get(id) ?? `20260115T0615${String(this.#shown.size).padStart(2, '0')}Z-3f9a2c`;
    this.#shown.set(id, shown);
    return shown;
  }
}
