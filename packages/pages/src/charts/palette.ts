/** Custom properties of the page's style, which has each for light and for dark. */
export const PALETTE = [1, 2, 3, 4, 5, 6].map((place) => `var(--chart-${place})`);

const color = 'var(--decal)';

/** One a colour, so that bars are told apart without it. */
export const DECALS = [
  { color: 'transparent' },
  { color, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 6 },
  {
    color,
    symbol: 'circle',
    symbolSize: 0.8,
    dashArrayX: [
      [8, 8],
      [0, 8, 8, 0],
    ],
    dashArrayY: [6, 0],
  },
  { color, dashArrayX: [1, 0], dashArrayY: [4, 3], rotation: -Math.PI / 4 },
  {
    color,
    dashArrayX: [
      [6, 6],
      [0, 6, 6, 0],
    ],
    dashArrayY: [6, 0],
  },
  { color, dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: Math.PI / 2 },
];
