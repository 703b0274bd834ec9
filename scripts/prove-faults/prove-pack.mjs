import { describeReferenceProtocol } from '../../dist/reference-server/index.js';
import { AntiphonError } from '../../dist/src/foundation/errors.js';
import { loadSuite } from '../../dist/src/suites/load-suite.js';
import { readReds } from './read-reds.mjs';
import { runAgainst } from './run-against.mjs';

/** Every fault and variant of a pack, or those that are named, on all of its suite or a topic; several servers at once. */
export async function provePack(packOrTopic, { faults, variants, configurations, patienceUs, servers }) {
  const loaded = await loadSuite(packOrTopic);
  const suite = { ...loaded, configurations: chosenOf(loaded.configurations, configurations) };
  const { pack } = suite;
  const described = describeReferenceProtocol(pack);
  // On a busy machine a short patience makes more red than the server did: then the usual one decides.
  const run = async (configuration, change, isRight) => {
    const runFor = async us => {
      const { results, fired } = await runAgainst(suite, configuration, change, us);
      return { configuration: configuration.name, fired, verdict: results.verdict, ...readReds(results) };
    };
    const ran = await runFor(patienceUs);
    return isRight(ran) ? ran : runFor(usualPatienceUs);
  };
  const tasks = {
    // Who chooses names is looking for something; the whole proof rests on suites that are green without faults.
    plain: faults ? [] : suite.configurations.map(configuration => () => run(configuration, [], isGreen)),
    faults: namesIn(described.faults, faults).map(name => () => proveFault(suite, name, described.faults[name], run)),
    variants: namesIn(described.variants, variants).map(name => () => proveVariant(suite, name, run)),
  };
  const all = await inLanes([...tasks.plain, ...tasks.faults, ...tasks.variants], servers);
  const plain = all.splice(0, tasks.plain.length);
  const proof = { faults: all.splice(0, tasks.faults.length), variants: all };
  const holds =
    plain.every(isGreen) &&
    proof.faults.every(({ exact }) => exact) &&
    proof.variants.every(({ fired, green }) => fired > 0 && green);
  return { pack, holds, configurations: suite.configurations.map(({ name }) => name), plain, ...proof };
}

/**
 * In the first configuration that shows all of it. The next one is tried if nothing fired, or if named requirements stayed green
 * without any other turning red: they may not apply there.
 */
async function proveFault(suite, name, { breaks }, run) {
  let best;
  // Who breaks no must is warned: a suite that fails them asks for something under a must behind a should.
  const isAdvised = breaks.every(id => suite.ledger.byId.get(id)?.level !== 'must');
  const isTooHard = ({ verdict }) => isAdvised && verdict === 'fail';
  for (const configuration of suite.configurations) {
    const isRight = ran => !hasSurplus(ran, breaks) && !isTooHard(ran);
    const ran = await run(configuration, ['--fault', name], isRight);
    const exact = ran.fired > 0 && isRight(ran) && breaks.every(id => ran.red.includes(id));
    if (best === undefined || exact || (best.fired === 0 && ran.fired > 0)) best = { exact, ...ran };
    if (exact || hasSurplus(ran, breaks)) break;
  }
  const { configuration, fired, red, notTestable, exact, why, troubles } = best;
  const tooHard = isTooHard(best) && { tooHard: true };
  return { name, configuration, fired, breaks, red, notTestable, exact, ...tooHard, why, troubles };
}

function hasSurplus({ red, troubles }, breaks) {
  return troubles.length > 0 || red.some(id => !breaks.includes(id));
}

/** In the first configuration in which it makes a difference. */
async function proveVariant(suite, name, run) {
  let ran;
  for (const configuration of suite.configurations) {
    ran = await run(configuration, ['--variant', name], isGreen);
    if (ran.fired > 0) break;
  }
  const { configuration, fired, verdict, red, why, troubles } = ran;
  return { name, configuration, fired, verdict, red, green: isGreen(ran), why, troubles };
}

function isGreen({ verdict, red, troubles }) {
  return verdict === 'pass' && red.length + troubles.length === 0;
}

function chosenOf(configurations, names) {
  const known = Object.fromEntries(configurations.map(configuration => [configuration.name, configuration]));
  return namesIn(known, names).map(name => known[name]);
}

function namesIn(known, chosen = Object.keys(known)) {
  const unknown = chosen.find(name => !Object.hasOwn(known, name));
  if (unknown === undefined) return chosen;
  const message = `Expected one of ${Object.keys(known).join(', ')}; got ${unknown}. Correct the name.`;
  throw new AntiphonError('usage', 'unknown-name', message);
}

/** Results in the order of the tasks. */
async function inLanes(tasks, lanes) {
  const results = [];
  const waiting = tasks.entries();
  const work = async () => {
    for (const [k, task] of waiting) results[k] = await task();
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return results;
}

const usualPatienceUs = 5_000_000;
