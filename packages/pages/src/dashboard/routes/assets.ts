import type { Hono } from 'hono';
import { LIVE_SCRIPT } from '../../assets/live-script.ts';
import { STYLE } from '../../assets/style.ts';

export function addAssets(app: Hono): void {
  app.get('/assets/style.css', (context) => context.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/assets/live.js', (context) =>
    context.body(LIVE_SCRIPT, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
}
