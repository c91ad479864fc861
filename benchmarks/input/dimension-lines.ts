import { customerId, productId } from './ids.ts';
import { Random } from './random.ts';

const ADJECTIVES = ['Red', 'Blue', 'Small', 'Large', 'Smart', 'Classic', 'Ultra', 'Folding'];
const NOUNS = ['Lamp', 'Desk', 'Phone', 'Jacket', 'Bottle', 'Headphones', 'Keyboard', 'Café Table'];
const CATEGORIES = ['Electronics', 'Home', 'Clothing', 'Sports', 'Toys', 'Books'];
const FIRST_NAMES = ['Anna', 'Ben', 'Carla', 'David', 'Elena', 'Felix', 'Grace', 'Henry', 'Ingrid', 'José'];
const LAST_NAMES = ['Smith', 'Müller', 'Rossi', 'Dubois', "O'Neil", 'Kowalski', 'Ng', 'Fernandez'];
const LEVELS = ['Bronze', 'Silver', 'Gold', 'Platinum'];

export function* productLines(count: number): Generator<string> {
  const random = new Random(1);
  yield 'product_id,product_name,category,price,supplier_id';
  for (let i = 0; i < count; i++) {
    const price = `${random.below(500)}.${String(random.below(100)).padStart(2, '0')}`;
    const supplier = `S${1000 + random.below(2000)}`;
    yield `${productId(i)},${productName(random)},${random.oneOf(CATEGORIES)},${price},${supplier}`;
  }
}

export function* customerLines(count: number): Generator<string> {
  const random = new Random(2);
  yield 'customer_id,first_name,last_name,email,membership_level';
  for (let i = 0; i < count; i++) {
    const name = `${random.oneOf(FIRST_NAMES)},${random.oneOf(LAST_NAMES)}`;
    yield `${customerId(i)},${name},user${i}@example.com,${random.oneOf(LEVELS)}`;
  }
}

/** Two in a hundred need quotes: a comma in them, or quotes. */
function productName(random: Random): string {
  const name = `${random.oneOf(ADJECTIVES)} ${random.oneOf(NOUNS)} ${random.below(10_000)}`;
  const kind = random.below(100);
  return kind === 0 ? `"${name}, 2-pack"` : kind === 1 ? `"${name} 15"" Pro"` : name;
}
