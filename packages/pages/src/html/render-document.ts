import { type Html, html } from './html.ts';

export interface Document {
  readonly title: string;
  /** What stands in the head beside the title. */
  readonly head: Html;
  /** What stands above the main part. */
  readonly banner: Html;
  readonly main: Html;
}

/** A page as a whole. */
export function renderDocument({ title, head, banner, main }: Document): string {
  const page = html`<html lang="en">
<head>
<meta charset="utf-8">
${head}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
</head>
<body>
<a class="skip" href="#main">To the content</a>
${banner}
<main id="main" tabindex="-1">
${main}
</main>
</body>
</html>
`;
  return `<!doctype html>\n${page}`;
}
