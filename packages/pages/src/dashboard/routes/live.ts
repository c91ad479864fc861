import type { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { facts } from '../../html/facts.ts';
import { type Html, html } from '../../html/html.ts';
import type { LiveFeed } from '../../live/live-feed.ts';
import { type LiveView, toLiveView } from '../../live/live-view.ts';
import { dashboardPage } from '../dashboard-page.ts';
import type { Dashboard } from '../sources.ts';

/** Milliseconds between two looks at the run, and looks after which a silent connection is kept open by a word. */
const LOOK_EVERY = 400;
const LOOKS_UNTIL_WORD = 40;

/** How far a run is that works just now. */
export function addLive(app: Hono, { live }: Dashboard): void {
  app.get('/live', (context) => {
    const main = live === undefined ? html`<p>No run is followed. ${HOW}</p>` : progress(live);
    const script = live === undefined ? undefined : '/assets/live.js';
    return context.html(dashboardPage({ title: 'Live', path: '/live', main, script }));
  });

  if (live === undefined) return;
  app.get('/live/events', (context) =>
    streamSSE(context, async (stream) => {
      let told: unknown;
      for (let looks = 1; !stream.aborted && !stream.closed; looks++) {
        const { run } = live;
        if (run !== undefined && run !== told) {
          told = run;
          await stream.writeSSE({ event: 'run', data: JSON.stringify(toLiveView(run)) });
        } else if (looks % LOOKS_UNTIL_WORD === 0) {
          await stream.write(': still here\n\n');
        }
        await stream.sleep(LOOK_EVERY);
      }
    }),
  );
}

const HOW = html`Start the ingest with <code>--events run.ndjson</code>, and the dashboard with <code>weir serve --events run.ndjson</code>.`;

const NAMES: readonly (readonly [keyof LiveView, string])[] = [
  ['run', 'Run'],
  ['elapsed', 'Since its start'],
  ['files', 'Files'],
  ['bytes', 'Bytes'],
  ['rows', 'Rows'],
  ['rejected', 'Rejected'],
  ['speed', 'Rows a second'],
  ['file', 'File'],
];

function progress({ run }: LiveFeed): Html {
  const view = run && toLiveView(run);
  const place = (name: keyof LiveView) => html`<span data-live="${name}">${String(view?.[name] ?? '')}</span>`;
  return html`<p role="status"><span data-live="phase">${view?.phase ?? 'No run has told anything yet.'}</span></p>
<p><progress max="1" value="${view?.share ?? 0}" aria-label="Bytes read"></progress></p>
${facts(NAMES.map(([name, title]) => [title, place(name)]))}
<p class="muted" id="connection">Connecting.</p>`;
}
