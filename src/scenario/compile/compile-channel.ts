import type { Span } from '../../foundation/span.ts';
import type { Built } from '../../values/built.ts';
import type { At, ClientNode, StepNode, WorkloadFile } from '../files/file-types.ts';
import type { Plan, Step } from '../plan.ts';
import { defaultTimeoutUs, reportOnce } from './compile-plans.ts';
import { environmentAt } from './environment.ts';
import { expandSteps, type Unrolling } from './expand-steps.ts';
import { type NameScope, openScope } from './name-scope.ts';
import type { Place } from './place.ts';
import { type PlanContext, startContext } from './plan-context.ts';
import { packPatterns, planClient, textsOf } from './plan-parts.ts';
import { builtAt } from './read-values.ts';
import { declareClient } from './recipes.ts';
import { expandRoleRecipe } from './role-recipe.ts';
import { settle } from './settle.ts';
import { noSite } from './site.ts';
import { reportUnknown } from './suggest.ts';
import { noTrace, type Report, type SuiteSource, type Trace } from './suite-source.ts';
import { writtenNames } from './written-names.ts';

/** One channel of a workload (language, section 12): who is in it, how they join and leave, and what they send. */
export interface ChannelPlan {
  /** `steps`: recipes and join; `finally`: leave. */
  readonly plan: Plan;
  /** Clients of the plan by role. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
  readonly publish: readonly PublishPlan[];
  /** What who reconnects does first, for the first client of its role; without steps of its own it joins again. */
  readonly disrupt: readonly (readonly Step[])[];
}

interface PublishPlan {
  readonly by: readonly string[];
  readonly to: readonly string[];
  /** Built for each sender, which is `self`. */
  readonly send: Built;
  readonly span: Span;
}

export interface ChannelOptions {
  readonly trace?: Trace;
  /** The most clients of one role: the lint needs to see only that there are several. */
  readonly mostClients?: number;
}

export function compileChannel(
  workload: WorkloadFile,
  source: SuiteSource,
  report: Report,
  options: ChannelOptions = {},
): ChannelPlan {
  return compileChannelAt(workload, source, report, options).channel;
}

/** With the place where the names of the workload are looked up. */
export function compileChannelAt(
  workload: WorkloadFile,
  source: SuiteSource,
  report: Report,
  { trace = noTrace, mostClients }: ChannelOptions = {},
): { readonly channel: ChannelPlan; readonly place: Place } {
  const once = reportOnce(report);
  const transport = transportOf(workload, source, once);
  const context = startContext(source, { report: once, trace, transport, case: undefined });
  context.files.add(workload.file);
  const scope = channelScope(workload, context);
  const declared = workload.roles.map(role =>
    declareRole(role, scope, context, mostClients ?? Number.POSITIVE_INFINITY),
  );
  const clients = declared.flat();
  const around = { scope, context, via: [], open: [] };
  const steps: Step[] = [];
  for (const [k, users] of declared.entries())
    expandRoleRecipe(workload.roles[k]!.name.value, users, { ...around, phase: 'recipe', out: steps });
  expandSteps(workload.join, { ...around, phase: 'steps', out: steps });
  const publish = workload.publish.map(entry => readPublish(entry, scope, context));
  const disrupt = workload.disrupt.map(({ role, join }) =>
    expandRejoin(role, join, { ...around, phase: 'steps', out: [] }),
  );
  const leave: Step[] = [];
  expandSteps(workload.leave, { ...around, phase: 'finally', out: leave });
  const place: Place = { scope, context, site: noSite };
  const plan: Plan = {
    id: workload.file.replace(/\.ya?ml$/, ''),
    pack: source.pack.name,
    scenario: workload.file,
    title: workload.title.value,
    transport,
    tags: [],
    needs: workload.needs.map(need => need.value),
    sources: [...context.fetched],
    restarts: context.counts.restarts > 0,
    exclusive: false,
    timeoutUs: defaultTimeoutUs,
    clients: clients.map(({ node, actor }) =>
      planClient(node, { ofScenario: undefined, ofActor: actor?.ignore }, place),
    ),
    steps,
    finally: leave,
    foreign: packPatterns(context, 'foreign'),
    sourceTexts: textsOf(context),
    span: workload.span,
  };
  const roles = new Map([...scope.clients].map(([name, role]) => [name, role.clients]));
  return { channel: { plan, roles, publish, disrupt }, place };
}

function transportOf({ transport }: WorkloadFile, { pack }: SuiteSource, report: Report): string {
  const first = [...pack.transports.values()].find(each => each.message)?.name ?? '';
  if (!transport) return first;
  if (pack.transports.has(transport.value)) return transport.value;
  reportUnknown(report, {
    code: 'unknown-transport',
    what: 'transport',
    name: transport.value,
    span: transport.span,
    known: pack.transports.keys(),
  });
  return first;
}

function channelScope(workload: WorkloadFile, context: PlanContext): NameScope {
  let written: ReturnType<typeof writtenNames> | undefined;
  const steps = [...workload.join, ...workload.leave];
  const scope = openScope({
    number: ++context.counts.scopes,
    kind: 'scenario',
    written: () => (written ??= writtenNames(steps, context.source.fragments)),
  });
  for (const { name, node } of workload.vars) {
    context.trace.define('variable', name.value, name.span);
    scope.macros.set(name.value, { name: name.value, node, scope, span: name.span });
  }
  return scope;
}

/** A role is a client, or several if its count is more than one: `member-1`, `member-2`, … */
function declareRole(
  { name, as, count, with: given, transport }: WorkloadFile['roles'][number],
  scope: NameScope,
  context: PlanContext,
  most: number,
) {
  const counted = settle(count, environmentAt({ scope, context, site: noSite }))?.node;
  const size = counted?.type === 'scalar' && typeof counted.value === 'number' ? counted.value : 1;
  const names =
    size === 1 ? [name.value] : Array.from({ length: Math.min(size, most) }, (_, k) => `${name.value}-${k + 1}`);
  const clients = names.map(client => {
    const node: ClientNode = {
      name: { value: client, span: name.span },
      as,
      with: given,
      ...(transport && { transport }),
      span: name.span,
    };
    return { node, actor: declareClient(node, scope, context) };
  });
  for (const client of names) if (client !== name.value) scope.clients.delete(client);
  scope.clients.set(name.value, { clients: names, many: size > 1, span: name.span });
  return clients;
}

function readPublish(
  { by, to, send, span }: WorkloadFile['publish'][number],
  scope: NameScope,
  context: PlanContext,
): PublishPlan {
  const senders = by.flatMap(role => roleAt(role, scope, context));
  const site = {
    ...noSite,
    clients: senders,
    several: true,
    payload: true,
    bind: 'a message that is published binds nothing',
  };
  return {
    by: senders,
    to: to.flatMap(role => roleAt(role, scope, context)),
    send: builtAt({ scope, context, site }, send),
    span,
  };
}

function roleAt({ value: name, span }: At<string>, scope: NameScope, context: PlanContext): readonly string[] {
  const role = scope.clients.get(name);
  if (role) context.trace.use(role.span);
  else reportUnknown(context.report, { code: 'unknown-role', what: 'role', name, span, known: scope.clients.keys() });
  return role?.clients ?? [];
}

/** Whoever reconnects is one client, whatever the size of its role. */
function expandRejoin(role: At<string>, join: readonly StepNode[], around: Unrolling): readonly Step[] {
  const [client] = roleAt(role, around.scope, around.context);
  if (client === undefined) return [];
  const scope = openScope({ number: ++around.context.counts.scopes, kind: 'turn', around: around.scope });
  scope.clients.set(role.value, { clients: [client], many: false, span: role.span });
  expandSteps(join, { ...around, scope });
  return around.out;
}
