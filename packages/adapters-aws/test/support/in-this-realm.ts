interface Client {
  readonly config: { readonly requestHandler: { handle(...call: never[]): Promise<unknown> } };
}

/**
 * Under jest, errors of Node's own come from another realm: the SDK does not know them as errors, and repeats no call whose
 * connection was lost. Here it gets them as it would in a program.
 */
export function inThisRealm<SdkClient extends Client>(client: SdkClient): SdkClient {
  const handler = client.config.requestHandler;
  const handle = handler.handle.bind(handler);
  handler.handle = async (...call) => {
    try {
      return await handle(...call);
    } catch (error) {
      if (error instanceof Error) throw error;
      const { name, message, code } = error as { name: string; message: string; code?: string };
      throw Object.assign(new Error(message), { name, code });
    }
  };
  return client;
}
