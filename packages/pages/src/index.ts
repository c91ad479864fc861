/** What people look at in a browser: pure functions from data to pages, and the dashboard that answers with them. */
export { createDashboard } from './dashboard/create-dashboard.ts';
export type { Dashboard, DashboardOptions, DashboardSources } from './dashboard/sources.ts';
export { LiveFeed } from './live/live-feed.ts';
export { collectReport, type ReportSources, type RunReport } from './report/collect-report.ts';
export { type ReportOptions, renderReport } from './report/render-report.ts';
