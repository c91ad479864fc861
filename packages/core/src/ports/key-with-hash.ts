/**
 * The key under which a file store keeps a file whose own key is taken by other content: the first 12 digits of the
 * content hash stand before the ending, of which `.gz` is part: `a.csv.gz` becomes `a.4f2c81d09a77.csv.gz`.
 */
export function keyWithHash(key: string, contentHash: string): string {
  const digits = contentHash.slice(contentHash.indexOf(':') + 1).slice(0, 12);
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  const [, stem, ending] = /^(.*?)((?:\.[^.]+)?\.gz|\.[^.]*)?$/is.exec(key.slice(folder.length))!;
  return `${folder}${stem}.${digits}${ending ?? ''}`;
}

/**
 * The other way round: the key that a file store may have kept under this name, and the digits of the hash in it. Undefined
 * where no name that `keyWithHash` gives looks so; whether the digits are those of the content is for the caller to see.
 */
export function keyWithoutHash(name: string): { readonly key: string; readonly digits: string } | undefined {
  for (const { 0: part, index } of name.matchAll(/\.[0-9a-f]{12}(?=\.|$)/g)) {
    const digits = part.slice(1);
    const key = name.slice(0, index) + name.slice(index + 1 + digits.length);
    if (keyWithHash(key, digits) === name) return { key, digits };
  }
  return undefined;
}
