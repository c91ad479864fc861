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
