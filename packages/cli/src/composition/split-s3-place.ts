/** `s3://bucket/a/b` -> bucket and `a/b/`. */
export function splitS3Place(place: string): { readonly bucket: string; readonly folder: string } {
  const [, bucket = '', path = ''] = /^s3:\/\/([^/]+)\/*(.*?)\/*$/u.exec(place) ?? [];
  return { bucket, folder: path === '' ? '' : `${path}/` };
}
