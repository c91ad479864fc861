import { raw } from 'hono/html';
import { STYLE } from '../assets/style.ts';
import { type Html, html } from '../html/html.ts';
import { renderDocument } from '../html/render-document.ts';
import { amountsSection } from '../sections/amounts.ts';
import { booksSection } from '../sections/books.ts';
import { phasesSection } from '../sections/phases.ts';
import { rejectsSection } from '../sections/rejects.ts';
import { runFacts } from '../sections/run-facts.ts';
import { warningsSection } from '../sections/warnings.ts';
import type { RunReport } from './collect-report.ts';

export interface ReportOptions {
  /** Names of amount classes in the order of the policy. */
  readonly classes: readonly string[];
  /** Whether rejected records are shown as they were delivered: they may hold personal data. */
  readonly withValues: boolean;
}

/** A page of its own: it needs no network and no program, and can be mailed or filed. */
export function renderReport(report: RunReport, options: ReportOptions): string {
  const { runId } = report.run;
  return renderDocument({
    title: `Weir: run ${runId}`,
    // Even if markup slipped in, it could load nothing and run nothing.
    head: html`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<style>${raw(STYLE) as Html}</style>`,
    banner: html`<header class="banner"><p class="brand">Weir</p></header>`,
    main: html`<h1>Run <code>${runId}</code></h1>
${runSections(report, options)}`,
  });
}

/** What is told about a run, below its name. */
function runSections({ run, examples, amounts }: RunReport, { classes, withValues }: ReportOptions): Html {
  return html`${runFacts({ ...run, files: run.files.length })}
${booksSection(run)}
${rejectsSection({ run, examples, withValues })}
${amountsSection({ totals: amounts, classes, intro: 'Transactions that this run wrote last' })}
${phasesSection(run)}
${warningsSection(run.warnings)}`;
}
