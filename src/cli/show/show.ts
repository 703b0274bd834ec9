import { existsSync } from 'node:fs';
import { schemaText } from '../../documents/document-schema.ts';
import { nearest } from '../../documents/nearest.ts';
import { AntiphonError } from '../../foundation/errors.ts';
import { findPack } from '../../packs/find-pack.ts';
import { loadPack } from '../../packs/load-pack.ts';
import { packScenarioSchema } from '../../scenario/schema/pack-scenario-schema.ts';
import { loadSuite } from '../../suites/load-suite.ts';
import type { Suite } from '../../suites/suite.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { loadSuites } from '../test/load-suites.ts';
import { requirementText } from './requirement-text.ts';
import { scenarioText } from './scenario-text.ts';

/** Explains what a name stands for: a requirement, a scenario, or the path of one. */
export async function show(name: string, packs: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (/\.ya?ml$/.test(name) && existsSync(name)) {
    const suite = await loadSuite(name);
    terminal.print(suite.selected.map(scenario => scenarioText(suite, scenario)).join('\n'));
    return exitCodes.passed;
  }
  const suites = await loadSuites(packs);
  const texts = suites.flatMap(suite => textsOf(suite, name));
  if (texts.length === 0) throw unknown(name, suites);
  terminal.print(texts.join('\n'));
  return exitCodes.passed;
}

/** The schema that completes frames, checks and matchers of one pack in an editor. */
export async function showSchema(pack: string, terminal: Terminal): Promise<ExitCode> {
  const loaded = await loadPack(findPack(pack));
  terminal.print(schemaText(packScenarioSchema(loaded)).trimEnd());
  return exitCodes.passed;
}

function textsOf(suite: Suite, name: string): readonly string[] {
  const requirement = suite.ledger.byId.get(name);
  if (requirement) return [requirementText(suite, requirement)];
  return suite.selected
    .filter(scenario => namesOf(scenario).includes(name))
    .map(scenario => scenarioText(suite, scenario));
}

/** `gradagenda/message/order.yaml` may be called so, without `.yaml`, without the pack, or without both. */
function namesOf(scenario: string): readonly string[] {
  const bare = scenario.replace(/\.ya?ml$/, '');
  return [scenario, bare, ...[scenario, bare].map(name => name.slice(name.indexOf('/') + 1))];
}

function unknown(name: string, suites: readonly Suite[]): AntiphonError {
  const known = suites.flatMap(({ ledger, selected }) => [...ledger.byId.keys(), ...selected.flatMap(namesOf)]);
  const near = nearest(name, known);
  const packs = suites.map(({ pack }) => pack).join(', ');
  const advice = near === undefined ? '`antiphon list <pack>` lists what there is.' : `Did you mean ${near}?`;
  const message = `Expected a scenario or a requirement of ${packs}, got ${name}. ${advice}`;
  return new AntiphonError('usage', 'unknown-name', message);
}
