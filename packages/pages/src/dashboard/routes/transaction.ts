import type { DecidedRow, Decision, Fact } from '@weir/core';
import { formatCount, formatTime } from '@weir/core/text';
import type { Hono } from 'hono';
import { facts as factList } from '../../html/facts.ts';
import { type Html, html } from '../../html/html.ts';
import { section } from '../../html/section.ts';
import { statusMark } from '../../html/status-mark.ts';
import { table } from '../../html/table.ts';
import { dashboardPage } from '../dashboard-page.ts';
import { filterForm } from '../filter-form.ts';
import { runLink } from '../link-to.ts';
import { QueryReader } from '../read-query.ts';
import type { Dashboard } from '../sources.ts';

/** The life of one transaction over all deliveries. */
export function addTransaction(app: Hono, { facts, decisions, withValues }: Dashboard): void {
  app.get('/transaction', async (context) => {
    const id = new QueryReader(context).text('id');
    const form = filterForm('/transaction', [{ name: 'id', label: 'Transaction id', value: id }]);
    const life =
      id === undefined
        ? html`<p>Type an id to see which rows of it were delivered, which of them won, and by what.</p>`
        : html`${storedFact(await facts.fact(id), withValues)}${history(await decisions.decisionsAbout(id))}`;
    const main = html`${form}
${life}`;
    return context.html(dashboardPage({ title: 'Transaction', path: '/transaction', main }));
  });
}

function storedFact(fact: Fact | undefined, withValues: boolean): Html {
  if (fact === undefined) return section('stored', 'Stored', html`<p>No transaction of this id is stored.</p>`);
  return section(
    'stored',
    'Stored',
    factList([
      ['Transaction', fact.transaction_id],
      ['Date', fact.transaction_date],
      ['Status', fact.status],
      ['Total', `${fact.total_amount} (${fact.amount_class}): ${formatCount(fact.quantity)} x ${fact.price}`],
      ['Payment', fact.payment_type],
      ['Product', `${fact.product_id} ${fact.product_name}, ${fact.category}`],
      ['Customer', withValues ? `${fact.customer_id}, ${fact.membership_level}` : undefined],
      ['Delivered in', `${fact.source_key}, line ${formatCount(fact.source_line)}`],
      ['Run', html`<a href="${runLink(fact.run_id)}">${fact.run_id}</a>`],
    ]),
  );
}

function history(decisions: readonly Decision[]): Html {
  if (decisions.length === 0) {
    return section(
      'life',
      'Life',
      html`<p>No decision about this id is kept. How many are is for the policy to say: by default all but rows that were new, or that said what was stored already.</p>`,
    );
  }
  return section(
    'life',
    'Life',
    table({
      caption: 'Decisions, oldest first',
      columns: ['decided', 'verdict', 'decided by', 'row', 'held against', 'run'].map((title) => ({ title })),
      rows: decisions.map((decision) => [
        formatTime(decision.decidedAt),
        statusMark(decision.verdict),
        decision.decidedBy === undefined
          ? 'nothing to compare, or equal versions'
          : html`<code>${decision.decidedBy}</code>`,
        describeRow(decision.row),
        decision.other === undefined ? 'no other row' : describeRow(decision.other),
        html`<a href="${runLink(decision.runId)}">${decision.runId}</a>`,
      ]),
    }),
  );
}

function describeRow({ sourceKey, sourceLine, transactionDate, status }: DecidedRow): Html {
  return html`${transactionDate}, ${status}<br><span class="muted">${sourceKey}, line ${formatCount(sourceLine)}</span>`;
}
