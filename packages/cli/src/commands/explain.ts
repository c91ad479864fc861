import { withDatabase } from '../composition/with-database.ts';
import { CommandError } from '../errors/command-error.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { DECISION_COLUMNS } from '../explain/decision-columns.ts';
import { explanationDocument } from '../explain/explanation-document.ts';
import { callWeir } from '../output/call-weir.ts';
import type { Session } from '../session.ts';

export async function explain(session: Session, { id }: { readonly id: string }): Promise<number> {
  const { screen, interruption, env } = session;
  const transactionId = id.trim();
  // To sign in once more would take longer than to ask.
  const [decisions, fact] = await withDatabase(
    session,
    ({ decisions, facts }) =>
      interruption.race(Promise.all([decisions.decisionsAbout(transactionId), facts.fact(transactionId)])),
    { maxConnections: 1 },
  );
  if (decisions.length === 0 && fact === undefined) throw unknown(transactionId, callWeir(env));
  const explanation = { transactionId, decisions, fact };
  screen.records(DECISION_COLUMNS, decisions);
  screen.document(explanationDocument(explanation));
  if (screen.format === 'text') {
    const { tellLife } = await import('../explain/tell-life.ts');
    tellLife(screen, explanation, session.policy?.decisions);
  }
  return EXIT_CODE.done;
}

function unknown(transactionId: string, weir: string): CommandError {
  return new CommandError({
    code: 'explain.unknown',
    message: `There is no transaction ${JSON.stringify(transactionId)}: no fact has this id, and no decision was kept about it.`,
    remedy: `Look at its spelling, letter case counts; whether its file was loaded (${weir} runs); and whether its row was rejected.`,
  });
}
