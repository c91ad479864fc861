import { printable } from '@weir/core/text';
import { BarChart, type BarSeriesOption } from 'echarts/charts';
import {
  AriaComponent,
  type AriaComponentOption,
  GridComponent,
  type GridComponentOption,
  LegendComponent,
  type LegendComponentOption,
} from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { raw } from 'hono/html';
import { type Html, html } from '../html/html.ts';
import { DECALS, PALETTE } from './palette.ts';

use([BarChart, AriaComponent, GridComponent, LegendComponent, SVGRenderer]);

type ChartOption = ComposeOption<BarSeriesOption | AriaComponentOption | GridComponentOption | LegendComponentOption>;

export interface BarSeries {
  readonly name: string;
  /** In the order of the categories. */
  readonly values: readonly number[];
}

export interface BarChartContent {
  /** Unique on its page. */
  readonly name: string;
  /** What it shows, in a sentence: for those who do not see it. */
  readonly description: string;
  readonly categories: readonly string[];
  readonly series: readonly BarSeries[];
  /** `rows`: a category a line, for names that need room. */
  readonly direction: 'rows' | 'columns';
  /** Written at the axis of values. */
  readonly unit: string;
}

const CLEAR = { backgroundColor: 'transparent', borderColor: 'transparent', borderWidth: 0 };
const WIDTH = 760;
const COLUMNS_HEIGHT = 260;
const ROW_HEIGHT = 26;

/** Stacked bars. Colours are those of the page, so that they follow light and dark; patterns say the same without colour. */
export function drawChart(content: BarChartContent): Html {
  const isRows = content.direction === 'rows';
  const height = isRows ? 90 + ROW_HEIGHT * content.categories.length : COLUMNS_HEIGHT;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption(toOption(content));
    // The style of what is pointed at: nothing here is, and a page allows no style of a chart's own.
    const svg = chart.renderToSVGString({ useViewBox: true }).replace(/<style[\s\S]*?<\/style>/, '');
    return html`<div class="scroll chart" role="region" aria-label="Chart: ${content.name}" tabindex="0"><div role="img" aria-label="${content.description}">${raw(svg) as Html}</div></div>`;
  } finally {
    chart.dispose();
  }
}

function toOption({ categories, series, direction, unit }: BarChartContent): ChartOption {
  const text = { color: 'var(--text)', fontFamily: 'inherit', fontSize: 12 };
  const names = {
    type: 'category' as const,
    data: categories.map(printable),
    inverse: direction === 'rows',
    axisLine: { lineStyle: { color: 'var(--line)' } },
    axisTick: { show: false },
    axisLabel: {
      ...text,
      hideOverlap: true,
      ...(direction === 'rows' ? { width: 210, overflow: 'truncate' as const } : {}),
    },
  };
  const values = {
    type: 'value' as const,
    name: unit,
    nameLocation: 'middle' as const,
    nameGap: direction === 'rows' ? 26 : 64,
    nameTextStyle: text,
    axisLabel: text,
    splitLine: { lineStyle: { color: 'var(--line)' } },
  };
  return {
    animation: false,
    color: [...PALETTE],
    textStyle: text,
    aria: { enabled: true, decal: { show: true, decals: [...DECALS] } },
    grid: {
      // Drawn without a browser, names are measured by guess: wide fonts need more.
      left: direction === 'rows' ? 56 : 8,
      right: 24,
      top: series.length > 1 ? 36 : 12,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'all',
    },
    ...(series.length > 1
      ? {
          legend: {
            ...CLEAR,
            top: 0,
            left: 0,
            textStyle: text,
            itemWidth: 28,
            selectedMode: false,
            data: series.map(({ name }) => printable(name)),
          },
        }
      : {}),
    xAxis: direction === 'rows' ? values : names,
    yAxis: direction === 'rows' ? names : values,
    series: series.map(({ name, values: data }) => ({
      type: 'bar' as const,
      name: printable(name),
      stack: 'all',
      data: [...data],
      silent: true,
      barMaxWidth: 26,
      emphasis: { disabled: true },
      itemStyle: { borderColor: 'var(--page)', borderWidth: 0.5 },
    })),
  };
}
