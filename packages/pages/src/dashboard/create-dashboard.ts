import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { html } from '../html/html.ts';
import { dashboardPage } from './dashboard-page.ts';
import { requireGet } from './guards/require-get.ts';
import { requireHost } from './guards/require-host.ts';
import { securityHeaders } from './guards/security-headers.ts';
import { ROUTES } from './routes/index.ts';
import type { DashboardOptions, DashboardSources } from './sources.ts';

/** The dashboard as a web application: it answers requests from what it is given, and changes nothing. */
export function createDashboard(sources: DashboardSources, options: DashboardOptions): Hono {
  const app = new Hono();
  app.use(securityHeaders(), requireHost(options.isOurHost), requireGet());
  for (const add of ROUTES) add(app, { ...sources, ...options });
  app.notFound((context) => context.html(problemPage('Not found', 'There is no page of this address.'), 404));
  app.onError((error, context) => {
    if (error instanceof HTTPException) {
      return context.html(problemPage('This cannot be shown', error.message), error.status);
    }
    const { message, remedy } = options.describeError(error);
    return context.html(problemPage('This cannot be shown', message, remedy), 500);
  });
  return app;
}

function problemPage(title: string, message: string, remedy?: string): string {
  return dashboardPage({
    title,
    path: undefined,
    main: html`<p>${message}</p>${remedy !== undefined && html`<p>${remedy}</p>`}`,
  });
}
