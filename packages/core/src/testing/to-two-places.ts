/** A plain decimal as a database with DECIMAL(n, 2) gives it back: `5` as `5.00`, `007.5` as `7.50`. */
export function toTwoPlaces(decimal: string): string {
  const [whole, places = ''] = decimal.split('.');
  return `${whole!.replace(/^0+(?=\d)/, '')}.${places.padEnd(2, '0')}`;
}
