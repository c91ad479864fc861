import { fileURLToPath } from 'node:url';
import { withMermaid } from 'vitepress-plugin-mermaid';

const page = (text, link) => ({ text, link });

const installed = (name) => fileURLToPath(import.meta.resolve(name));

export default withMermaid({
  title: 'Weir',
  description: 'Landed CSV files of transactions become a trustworthy fact table.',
  cleanUrls: false,
  // The whole repository, so that links between the pages of packages and these hold.
  srcDir: '..',
  srcExclude: [
    '**/node_modules/**',
    '.weir/**',
    '**/dist/**',
    '**/api/**',
    '**/CHANGELOG.md',
    '.changeset/**',
    '**/test/**',
  ],
  rewrites: { 'README.md': 'index.md' },
  // Pages lie above the folder in which vue is installed.
  vite: {
    resolve: {
      alias: [
        { find: /^vue$/, replacement: installed('vue') },
        { find: 'vue/server-renderer', replacement: installed('vue/server-renderer') },
      ],
    },
  },
  themeConfig: {
    outline: [2, 3],
    search: { provider: 'local' },
    nav: [
      page('Start', '/docs/tutorials/five-minutes'),
      page('Rules', '/docs/rules'),
      page('Command line', '/docs/reference/command-line'),
    ],
    sidebar: [
      {
        text: 'Learn',
        items: [
          page('Five minutes', '/docs/tutorials/five-minutes'),
          page('Embed the rules', '/packages/core/README'),
          page('Write an adapter', '/docs/tutorials/write-an-adapter'),
        ],
      },
      {
        text: 'Do',
        items: [
          page('A file was refused', '/docs/how-to/refused-file'),
          page('An orphan that heals', '/docs/how-to/orphan-that-heals'),
          page('Correct rejected rows', '/docs/how-to/correct-rejected-rows'),
          page('A late refund', '/docs/how-to/late-refund'),
          page('A missing day', '/docs/how-to/missing-day'),
          page('A month again', '/docs/how-to/replayed-month'),
          page('Look at runs', '/docs/how-to/look-at-runs'),
          page('Set up on AWS', '/docs/aws/set-up'),
          page('Operate on AWS', '/docs/aws/operations'),
        ],
      },
      {
        text: 'Look up',
        items: [
          page('The rules', '/docs/rules'),
          page('Codes: cause and cure', '/docs/reference/codes'),
          page('Command line', '/docs/reference/command-line'),
          page('What commands print', '/docs/reference/command-output'),
          page('Configuration', '/docs/configuration'),
          page('Events and metrics', '/docs/telemetry'),
          page('Tables on AWS', '/docs/aws/data-model'),
          page('Costs on AWS', '/docs/aws/cost'),
        ],
      },
      {
        text: 'Understand',
        items: [
          page('Architecture', '/docs/architecture'),
          page('Architecture on AWS', '/docs/aws/architecture'),
          page('Reliability', '/docs/reliability'),
          page('Performance', '/benchmarks/RESULTS'),
          page('Threat model', '/docs/threat-model'),
          page('Decisions', '/docs/decisions/'),
          page('Written by hand', '/docs/written-by-hand'),
          page('Survivors of mutation', '/docs/mutation-survivors'),
        ],
      },
    ],
  },
});
