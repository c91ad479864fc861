/** What an event is called where it came from: EventBridge names each event, CloudFormation each request. */
export function correlationIdOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null) return undefined;
  for (const name of ['id', 'RequestId'] as const) {
    const id = (event as Record<string, unknown>)[name];
    if (typeof id === 'string' && /^[\w-]{1,64}$/.test(id)) return id;
  }
  return undefined;
}
