import type { Span } from '../../foundation/span.ts';
import type { At, FragmentFile, NamedNode } from '../files/file-types.ts';
import { environmentAt } from './environment.ts';
import {
  type Capture,
  type ClientName,
  giveToClient,
  missingClient,
  type NameScope,
  openScope,
  slotFor,
} from './name-scope.ts';
import { reportTaken } from './name-taken.ts';
import type { Place } from './place.ts';
import { clientAt } from './read-client-step.ts';
import { reportUnsettled, settleElements } from './settle.ts';
import { reportUnknown } from './suggest.ts';
import { writtenNames } from './written-names.ts';

/** An expansion of a fragment: who includes it, with what, and where its names go (language, section 11). */
export interface Expansion {
  readonly fragment: FragmentFile;
  readonly with: readonly NamedNode[];
  /** Of `include`, or of the client whose recipe it is. */
  readonly span: Span;
  /** The includer. */
  readonly place: Place;
  /** Name in the includer of what is given; a recipe gives to its client. */
  readonly givenAs: (name: string) => string;
  /** Clients that are not in `with`: a recipe's `me`. */
  readonly clients?: ReadonlyMap<string, ClientName>;
}

/** The scope of a fragment: it sees its clients and params, and of the includer only what its clients carry with them. */
export function openFragment(expansion: Expansion): NameScope {
  const { fragment, place, span } = expansion;
  const { context } = place;
  const { source, counts } = context;
  context.files.add(fragment.file);
  let written: ReadonlyMap<string, Span> | undefined;
  const scope = openScope({
    number: ++counts.scopes,
    kind: 'fragment',
    includer: place.scope,
    slots: new Map(fragment.gives.map(({ value }) => [value, expansion.givenAs(value)])),
    written: () => (written ??= writtenNames(fragment.steps, source.fragments)),
  });
  for (const client of fragment.clients) bindClient(scope, client, expansion);
  for (const param of fragment.params) {
    context.trace.define('parameter', param.name.value, param.name.span);
    reportTaken(context, scope, param.name.value, param.name.span);
    const given = expansion.with.find(({ name }) => name.value === param.name.value);
    const name = param.name.value;
    if (given) scope.macros.set(name, { name, node: given.node, scope: place.scope, span: param.name.span });
    else if (param.default && !param.required)
      scope.macros.set(name, { name, node: param.default, scope, span: param.name.span });
    else {
      reportMissing(place, 'parameter', name, fragment, span);
      scope.macros.set(name, {
        name,
        node: { type: 'scalar', value: null, quoted: false, span },
        scope,
        span: param.name.span,
      });
    }
  }
  reportUnknownArguments(expansion);
  return scope;
}

function bindClient(scope: NameScope, { name, many }: FragmentFile['clients'][number], expansion: Expansion): void {
  const { fragment, place, span } = expansion;
  place.context.trace.define('client', name.value, name.span);
  const given = expansion.with.find(each => each.name.value === name.value);
  const preset = expansion.clients?.get(name.value);
  if (!given && !preset) reportMissing(place, 'client', name.value, fragment, span);
  const clients = given ? clientsIn(given, place) : (preset?.clients ?? [missingClient]);
  scope.clients.set(name.value, { clients: many ? clients : [clients[0] ?? missingClient], many, span: name.span });
  if (given && !many && clients.length !== 1) {
    place.context.report({
      code: 'one-client',
      severity: 'error',
      message: `${name.value} is one client, came ${clients.length === 0 ? 'none' : clients.join(', ')}`,
      span: given.node.span,
      suggestion: 'name one client, or declare it as many in the fragment',
    });
  }
}

function clientsIn(given: NamedNode, place: Place): readonly string[] {
  const elements = settleElements(given.node, environmentAt(place));
  if (!elements) {
    reportUnsettled(place, given.name.value, given.node.span);
    return [missingClient];
  }
  const found = elements.map(({ node }) => {
    const at: At<string> = { value: node.type === 'scalar' ? String(node.value) : '', span: node.span };
    return clientAt(at, place);
  });
  return [...new Set(found.flatMap(each => each.clients))];
}

function reportUnknownArguments({ fragment, with: given, place }: Expansion): void {
  const known = [...fragment.clients, ...fragment.params].map(({ name }) => name.value);
  for (const { name } of given) {
    if (known.includes(name.value)) continue;
    const what = 'client or parameter of the fragment';
    reportUnknown(place.context.report, { code: 'unknown-parameter', what, name: name.value, span: name.span, known });
  }
}

function reportMissing(
  { context }: Place,
  what: 'client' | 'parameter',
  name: string,
  { title }: FragmentFile,
  span: Span,
): void {
  context.report({
    code: what === 'client' ? 'missing-client' : 'missing-parameter',
    severity: 'error',
    message: `the fragment "${title.value}" needs the ${what} ${name}`,
    span,
    suggestion: `write with: { ${name}: … }`,
  });
}

/** What a fragment gives goes to the includer, under `as` if there is one; a recipe's to its client. */
export function giveNames(
  inside: NameScope,
  { fragment, place, span }: Expansion,
  to: { readonly as?: string } | { readonly client: string },
): void {
  const { scope, context } = place;
  const group = new Map<string, Capture>();
  for (const { value: name, span: givenAt } of fragment.gives) {
    const capture = inside.captures.get(name);
    for (const [client, names] of inside.ofClient) {
      const own = names.get(name);
      if (own) giveToClient(scope, client, { ...own, expect: 0 });
    }
    if (!capture) {
      if (![...inside.ofClient.values()].some(names => names.has(name))) reportNotBound(place, name, givenAt, inside);
      continue;
    }
    context.trace.use(capture.span);
    if (capture.certainty === 'maybe') reportMaybe(place, name, givenAt);
    const given = { ...capture, expect: 0, repeat: 0 };
    if ('client' in to) giveToClient(scope, to.client, given);
    else if (to.as !== undefined) group.set(name, given);
    else if (scope.captures.has(name)) reportTwice(place, name, span);
    else scope.captures.set(name, given);
  }
  if ('as' in to && to.as !== undefined) scope.groups.set(to.as, group);
}

function reportNotBound({ context }: Place, name: string, span: Span, inside: NameScope): void {
  const known = [...inside.written().keys()];
  reportUnknown(context.report, { code: 'unbound-give', what: 'name that the fragment binds', name, span, known });
}

function reportMaybe({ context }: Place, name: string, span: Span): void {
  context.report({
    code: 'maybe-unbound',
    severity: 'error',
    message: `${name} is given, but bound only in an optional part or in some of the alternatives`,
    span,
    suggestion: 'bind it in every alternative',
  });
}

function reportTwice({ context }: Place, name: string, span: Span): void {
  context.report({
    code: 'bound-twice',
    severity: 'error',
    message: `the include gives ${name}, which has been bound already`,
    span,
    suggestion: 'add as, and write $(as.name)',
  });
}

/** Where the names of an include go in its includer. */
export function givenTo(scope: NameScope, as: string | undefined): (name: string) => string {
  return name => slotFor(scope, as === undefined ? name : `${as}.${name}`);
}
