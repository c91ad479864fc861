import type { RunRecord } from '@weir/core';
import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { html } from '../../html/html.ts';
import { collectExamples } from '../../report/collect-report.ts';
import { amountsSection } from '../../sections/amounts.ts';
import { booksSection } from '../../sections/books.ts';
import { phasesSection } from '../../sections/phases.ts';
import { rejectsSection } from '../../sections/rejects.ts';
import { runFacts } from '../../sections/run-facts.ts';
import { warningsSection } from '../../sections/warnings.ts';
import { dashboardPage } from '../dashboard-page.ts';
import { runLink } from '../link-to.ts';
import type { Dashboard } from '../sources.ts';

/** One run. Its amounts have a page of their own, since the whole fact table is read for them. */
export function addRun(app: Hono, { history, facts, rejects, classes, withValues }: Dashboard): void {
  const find = async (id: string): Promise<RunRecord> => {
    const run = await history.run(id);
    if (run === undefined) throw new HTTPException(404, { message: 'There is no run of this id.' });
    return run;
  };

  app.get('/runs/:id', async (context) => {
    const run = await find(context.req.param('id'));
    const examples = await collectExamples(rejects, run);
    const main = html`${runFacts({ ...run, files: run.files.length })}
<p><a href="${runLink(run.runId)}/amounts">Amounts by class and day</a></p>
${booksSection(run)}
${rejectsSection({ run, examples, withValues })}
${phasesSection(run)}
${warningsSection(run.warnings)}`;
    return context.html(dashboardPage({ title: `Run ${run.runId}`, path: '/', main }));
  });

  app.get('/runs/:id/amounts', async (context) => {
    const { runId } = await find(context.req.param('id'));
    const totals = await facts.totals({ runId });
    const main = html`<p><a href="${runLink(runId)}">The run as a whole</a></p>
${amountsSection({ totals, classes, intro: 'Transactions that this run wrote last' })}`;
    return context.html(dashboardPage({ title: `Amounts of run ${runId}`, path: '/', main }));
  });
}
