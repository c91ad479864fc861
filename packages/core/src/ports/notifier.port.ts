/** Tells people how a run ended. */
export interface Notifier {
  /**
   * Sends one notice. Sends it again when called again: who calls keeps count.
   *
   * @throws PortError `notifier.unreachable` (retryable), `notifier.forbidden`, `notifier.refused`
   */
  send(notice: Notice): Promise<void>;
}

export interface Notice {
  /** One line of at most 99 characters. */
  readonly subject: string;
  /** For people, plain text of at most 200,000 bytes of UTF-8. */
  readonly text: string;
  /** The same for machines; becomes JSON. */
  readonly document: Readonly<Record<string, unknown>>;
}
