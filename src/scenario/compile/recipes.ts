import type { Actor } from '../../packs/file-types.ts';
import type { ClientNode } from '../files/file-types.ts';
import { addStep, expandFragment, findFragment, placeOf, type Unrolling } from './expand-steps.ts';
import type { NameScope } from './name-scope.ts';
import { reportTaken } from './name-taken.ts';
import { type Expansion, giveNames } from './open-fragment.ts';
import type { PlanContext } from './plan-context.ts';
import { noSite } from './site.ts';
import { reportUnknown } from './suggest.ts';

const builtIn = ['connected', 'offline'];

/** Who a client is, before any recipe has run; an actor that nobody knows is taken for `connected`. */
export function declareClient(node: ClientNode, scope: NameScope, context: PlanContext): Actor | undefined {
  const { language, pack } = context.source;
  const name = node.name.value;
  const actor = language.actors.find(each => each.name === node.as.value);
  if (!actor && !builtIn.includes(node.as.value)) {
    const known = [...language.actors.map(each => each.name), ...builtIn];
    reportUnknown(context.report, {
      code: 'unknown-actor',
      what: 'actor',
      name: node.as.value,
      span: node.as.span,
      known,
    });
  }
  if (node.transport && !pack.transports.has(node.transport.value)) {
    reportUnknown(context.report, {
      code: 'unknown-transport',
      what: 'transport',
      name: node.transport.value,
      span: node.transport.span,
      known: pack.transports.keys(),
    });
  }
  reportTaken(context, scope, name, node.name.span);
  context.trace.define('client', name, node.name.span);
  context.clients.set(name, {
    transport: node.transport?.value ?? actor?.transport ?? context.transport,
    account: actor?.account ?? false,
  });
  scope.clients.set(name, { clients: [name], many: false, span: node.name.span });
  return actor;
}

/** The steps that bring a client to life (language, section 4). */
export function expandRecipe(node: ClientNode, actor: Actor | undefined, around: Unrolling): void {
  const { context, scope } = around;
  const client = node.name.value;
  const via = `recipe: ${client} as ${node.as.value} (${placeOf(node.span)})`;
  const run = actor && recipeOf(actor, node, context);
  if (run !== undefined) {
    const fragment = findFragment(run, node.as.span, context);
    // A recipe that demands something is a purpose of its own.
    context.trace.use(node.name.span);
    if (!fragment) return;
    const expansion: Expansion = {
      fragment,
      with: node.with,
      span: node.span,
      place: { scope, context, site: noSite },
      givenAs: name => `${client}.${name}`,
      clients: new Map([['me', { clients: [client], many: false, span: node.name.span }]]),
    };
    const inside = expandFragment(expansion, around, via);
    if (inside) giveNames(inside, expansion, { client });
    return;
  }
  for (const { name } of node.with) {
    reportUnknown(context.report, {
      code: 'unknown-parameter',
      what: `parameter of ${node.as.value}`,
      name: name.value,
      span: name.span,
      known: [],
    });
  }
  if (node.as.value === 'offline') return;
  addStep(
    { ...around, via: [...around.via, via] },
    { kind: 'client', clients: [client], connect: { pong: true, span: node.span }, never: [], span: node.span },
  );
}

function recipeOf(actor: Actor, node: ClientNode, context: PlanContext): string | undefined {
  if (actor.run === undefined || typeof actor.run === 'string') return actor.run;
  const run = actor.run[context.source.accountMode];
  if (run !== undefined) return run;
  context.report({
    code: 'no-recipe',
    severity: 'error',
    message: `the actor ${actor.name} has no recipe for accounts of mode ${context.source.accountMode}`,
    span: node.as.span,
    suggestion: `it has one for ${Object.keys(actor.run).join(', ')}: choose that in the target file`,
  });
  return undefined;
}
