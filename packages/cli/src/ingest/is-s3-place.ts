export function isS3Place(place: string): boolean {
  return place.startsWith('s3://');
}
