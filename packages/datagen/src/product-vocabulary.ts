/** One kind of product: what it is called, and the range of its list price in minor units. */
export interface ProductKind {
  readonly noun: string;
  readonly least: number;
  readonly most: number;
  readonly variants: readonly string[];
}

export interface ProductCategory {
  readonly name: string;
  readonly adjectives: readonly string[];
  readonly kinds: readonly ProductKind[];
}

const COLOURS = ['Black', 'White', 'Graphite', 'Navy', 'Red', 'Sage Green'];
const SIZES = ['S', 'M', 'L', 'XL'];

/** Names hold commas, quotes and letters beyond ASCII on purpose: real catalogues do. */
export const productCategories: readonly ProductCategory[] = [
  {
    name: 'Electronics',
    adjectives: ['Wireless', 'Compact', 'Pro', 'Ultra', 'Smart', 'Portable'],
    kinds: [
      kind('Headphones', 1999, 34999, COLOURS),
      kind('Bluetooth Speaker', 1499, 19999, COLOURS),
      kind('Monitor', 9999, 64999, ['24"', '27"', '32"']),
      kind('Keyboard', 1999, 17999, ['US layout', 'UK layout', 'DE layout']),
      kind('Power Bank', 1299, 7999, ['10,000 mAh', '20,000 mAh']),
      kind('USB-C Cable', 499, 2999, ['1 m', '2 m', '3 m']),
    ],
  },
  {
    name: 'Home & Kitchen',
    adjectives: ['Classic', 'Rustic', 'Modern', 'Café', 'Everyday', 'Nordic'],
    kinds: [
      kind('Cast Iron Skillet', 1999, 8999, ['20 cm', '26 cm', '30 cm']),
      kind('Coffee Grinder', 2499, 15999, COLOURS),
      kind('Mug', 599, 1999, ['set of 2', 'set of 4', 'single']),
      kind('Table Lamp', 1799, 12999, COLOURS),
      kind('Knife Set', 2999, 24999, ['3 pieces', '5 pieces', '7 pieces, with block']),
      kind('Crème Brûlée Dish', 899, 2999, ['set of 4', 'set of 6']),
    ],
  },
  {
    name: 'Clothing',
    adjectives: ['Organic', 'Slim Fit', 'Relaxed', 'Merino', 'Vintage', 'Recycled'],
    kinds: [
      kind('T-Shirt', 999, 3999, SIZES),
      kind('Rain Jacket', 3999, 19999, SIZES),
      kind('Jeans', 2999, 12999, ['W30, L32', 'W32, L32', 'W34, L34']),
      kind('Wool Socks', 699, 2499, ['2-pack', '4-pack']),
      kind('Beanie', 899, 3499, COLOURS),
    ],
  },
  {
    name: 'Sports & Outdoors',
    adjectives: ['Trail', 'Summit', 'Alpine', 'Lightweight', 'Endurance'],
    kinds: [
      kind('Water Bottle', 899, 3999, ['500 ml', '750 ml', '1 l']),
      kind('Yoga Mat', 1499, 7999, COLOURS),
      kind('Backpack', 2999, 22999, ['18 l', '28 l', '45 l']),
      kind('Sleeping Bag', 3999, 29999, ['0 °C', '-5 °C', '-10 °C']),
      kind('Resistance Bands', 799, 2999, ['set of 3', 'set of 5']),
    ],
  },
  {
    name: 'Beauty',
    adjectives: ['Gentle', 'Hydrating', 'Daily', 'Botanical', 'Sensitive'],
    kinds: [
      kind('Face Cream', 899, 5999, ['50 ml', '100 ml']),
      kind('Shampoo Bar', 599, 1899, ['lavender', 'citrus', 'unscented']),
      kind('Lip Balm', 299, 999, ['single', '3-pack']),
      kind('Sunscreen SPF 50', 1099, 3499, ['100 ml', '200 ml']),
    ],
  },
  {
    name: 'Toys & Games',
    adjectives: ['Junior', 'Family', 'Wooden', 'Deluxe', 'Travel'],
    kinds: [
      kind('Puzzle', 799, 2999, ['500 pieces', '1,000 pieces', '2,000 pieces']),
      kind('Building Blocks', 1299, 9999, ['60 pieces', '120 pieces']),
      kind('Board Game', 1499, 6999, ['2-4 players', '4-8 players']),
      kind('Plush Bear', 999, 3999, ['20 cm', '35 cm']),
    ],
  },
  {
    name: 'Books & Stationery',
    adjectives: ['Hardcover', 'Pocket', 'Illustrated', 'Refillable', 'Premium'],
    kinds: [
      kind('Notebook', 399, 2499, ['A5, dotted', 'A5, lined', 'A4, plain']),
      kind('Fountain Pen', 1299, 14999, ['fine nib', 'medium nib']),
      kind('Wall Calendar', 899, 2499, ['A3', 'A2']),
      kind('Cookbook', 1499, 4999, ['"Slow Food"', '"Weeknights"', '"Baking"']),
    ],
  },
];

function kind(noun: string, least: number, most: number, variants: readonly string[]): ProductKind {
  return { noun, least, most, variants };
}
