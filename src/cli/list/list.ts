import { bundledPacks } from '../../packs/find-pack.ts';
import type { Plan } from '../../scenario/plan.ts';
import { loadSuite } from '../../suites/load-suite.ts';
import { checksOf } from '../../suites/plan-checks.ts';
import type { Suite } from '../../suites/suite.ts';
import { columns } from '../columns.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { plainPlans } from '../plain-overlay.ts';
import { counted } from '../problem-text.ts';
import type { Terminal } from '../terminal.ts';
import { loadSuites } from '../test/load-suites.ts';

/** Without names the packs there are, else the executions of what is named. */
export async function list(named: readonly string[], json: boolean, terminal: Terminal): Promise<ExitCode> {
  if (named.length > 0) {
    const suites = await loadSuites(named);
    terminal.print(json ? executionsJson(suites) : suites.map(executionsText).join('\n'));
    return exitCodes.passed;
  }
  const suites = await Promise.all(bundledPacks().map(name => loadSuite(name)));
  terminal.print(json ? packsJson(suites) : packsText(suites));
  return exitCodes.passed;
}

function packsText(suites: readonly Suite[]): string {
  const rows = suites.map(({ pack, selected, ledger }) => [
    pack,
    counted(selected.length, 'scenario'),
    counted(ledger.requirements.length, 'requirement'),
    ledger.title,
  ]);
  return `${columns(rows).join('\n')}\n`;
}

function packsJson(suites: readonly Suite[]): string {
  const packs = suites.map(({ pack, selected, ledger, digest }) => ({
    pack,
    title: ledger.title,
    digest,
    scenarios: selected.length,
    requirements: ledger.requirements.length,
  }));
  return document({ packs });
}

function executionsText(suite: Suite): string {
  const lines = plansOf(suite).flatMap(plan => [
    plan.id,
    `    ${plan.title}`,
    ...(plan.tags.length > 0 ? [`    tags: ${plan.tags.join(', ')}`] : []),
    ...(plan.needs.length > 0 ? [`    needs: ${plan.needs.join(', ')}`] : []),
    `    checks: ${ownChecks(plan).join(', ') || 'only that it can be done'}`,
  ]);
  return `${lines.join('\n')}\n`;
}

function executionsJson(suites: readonly Suite[]): string {
  const executions = suites.flatMap(suite =>
    plansOf(suite).map(plan => {
      const { id, pack, scenario, title, transport, tags, needs } = plan;
      return { id, pack, scenario, title, case: plan.case, transport, tags, needs, checks: checksOf(plan) };
    }),
  );
  return document({ executions });
}

function plansOf(suite: Suite): readonly Plan[] {
  return suite.selected.flatMap(scenario => plainPlans(suite, scenario));
}

/** Without those that every scenario decides. */
function ownChecks(plan: Plan): readonly string[] {
  return checksOf(plan).filter(check => !commonChecks.includes(check));
}

const commonChecks = ['steps.done', 'frames.valid', 'frames.unasked'];

function document(content: object): string {
  return `${JSON.stringify({ antiphon: 1, ...content }, null, 2)}\n`;
}
