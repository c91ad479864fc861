const known = new WeakMap<Uint8Array, Promise<string>>();

/** The content hash of whole bytes, which must not change any more: `sha256:` and 64 hexadecimal digits. */
export function digestContent(bytes: Uint8Array): Promise<string> {
  let digest = known.get(bytes);
  if (digest === undefined) {
    digest = digestAnew(bytes);
    known.set(bytes, digest);
  }
  return digest;
}

async function digestAnew(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return `sha256:${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
