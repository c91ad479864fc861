import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { drawChart } from '../src/charts/draw-chart.ts';
import { html } from '../src/html/html.ts';
import { table } from '../src/html/table.ts';
import { HOSTILE } from './support/hostile.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE));

describe('markup with values in it', () => {
  test('stays the same markup, whatever a text says, in an element as in an attribute', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const filled = String(html`<p title="${text}">${text}</p>`);
        const [, attribute, content] = /^<p title="([^"]*)">([^<]*)<\/p>$/.exec(filled) ?? [];
        expect(attribute).toBe(content);
        expect(filled).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  test('takes markup of its own as it is, and leaves out what stands for nothing', () => {
    expect(String(html`<ul>${['<', '>'].map((text) => html`<li>${text}</li>`)}${undefined}${false}${0}</ul>`)).toBe(
      '<ul><li>&lt;</li><li>&gt;</li>0</ul>',
    );
  });
});

test('a table names each row by its first cell, and can be scrolled by the keyboard', () => {
  const page = String(
    table({ caption: 'Counts', columns: [{ title: 'file' }, { title: 'rows', align: 'right' }], rows: [['a.csv', 7]] }),
  );
  expect(page).toContain('<th scope="row">a.csv</th><td class="number">7</td>');
  expect(page).toContain('role="region" aria-label="Counts" tabindex="0"');
});

describe('a chart', () => {
  const content = { name: 'c', description: 'Rows', direction: 'rows', unit: 'rows' } as const;

  test('holds no element but those of a drawing, whatever its names say', () => {
    for (const text of HOSTILE) {
      const drawn = String(
        drawChart({
          ...content,
          description: text,
          categories: [text, 'plain'],
          series: [
            { name: text, values: [1, 2] },
            { name: 'other', values: [3, 4] },
          ],
        }),
      );
      const elements = new Set([...drawn.matchAll(/<([a-zA-Z!?][\w-]*)/g)].map(([, name]) => name));
      expect([...elements].filter((name) => !DRAWING.has(name!))).toEqual([]);
      expect(drawn).not.toMatch(/\son\w+="/);
    }
  });

  test('takes its colours from the page, so that they follow light and dark', () => {
    const drawn = String(drawChart({ ...content, categories: ['a'], series: [{ name: 's', values: [1] }] }));
    expect(drawn).toContain('var(--chart-1)');
    expect(drawn).toContain('var(--text)');
    const colors = [...drawn.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, color]) => color!);
    expect(colors.filter((color) => !/^(none|var\(--|url\(#)/.test(color))).toEqual([]);
  });

  test('tells its series apart by patterns, too', () => {
    const series = ['a', 'b', 'c'].map((name) => ({ name, values: [1] }));
    expect(String(drawChart({ ...content, categories: ['x'], series })).match(/<pattern/g)!.length).toBeGreaterThan(1);
  });
});

const DRAWING = new Set([
  'div',
  'svg',
  'g',
  'path',
  'text',
  'tspan',
  'rect',
  'defs',
  'pattern',
  'clipPath',
  'polyline',
  'circle',
]);
