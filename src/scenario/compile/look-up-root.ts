import type { Span } from '../../foundation/span.ts';
import { isObject, memberOf, type Value } from '../../foundation/value.ts';
import { bodyOf } from './name-scope.ts';
import type { Found, Place } from './place.ts';
import { reportUnknown } from './suggest.ts';

/** Roots that every scope sees (language, section 3). */
export const rootNames = ['self', 'i', 'unique', 'pack', 'limits', 'timers', 'accounts', 'case'] as const;

export function lookUpRoot(place: Place, path: readonly string[], span: Span): Found | 'unknown' | undefined {
  const [head, ...rest] = path;
  switch (head) {
    case 'case':
      return lookUpCase(place, rest, span);
    case 'i':
      reportNoTurn(place, span);
      return { source: { from: 'turn' }, rest };
    case 'unique':
      return { source: { from: 'unique' }, rest };
    case 'accounts':
      return { source: { from: 'accounts' }, rest };
    case 'pack':
    case 'limits':
    case 'timers':
      reportUnknownValue(place, head, rest[0], span);
      return { source: { from: head }, rest };
    default:
      return 'unknown';
  }
}

function reportNoTurn(place: Place, span: Span): void {
  if (place.site.turns) return;
  place.context.report({
    code: 'no-turn',
    severity: 'error',
    message: 'i counts the turns of times and repeat; there is neither here',
    span,
    suggestion: 'add times to the step, or write the number',
  });
}

/** Cases belong to the scenario: a fragment gets what it needs of them as a parameter. */
function lookUpCase(place: Place, path: readonly string[], span: Span): Found | undefined {
  const { context } = place;
  context.counts.caseReads += 1;
  const scope = bodyOf(place.scope);
  if (scope.kind !== 'scenario' || context.case === undefined) {
    context.report({
      code: 'no-case',
      severity: 'error',
      message: 'there is no case here: only a scenario with cases has one',
      span,
      suggestion: 'give a fragment what it needs of the case as a parameter',
    });
    return undefined;
  }
  const [name = '', ...rest] = path;
  const member = context.case.members.find(each => each.name.value === name);
  if (member) return { macro: { name: `case.${name}`, node: member.node, scope, span: member.name.span }, rest };
  const known = context.case.members.map(each => each.name.value);
  reportUnknown(context.report, { code: 'unknown-name', what: 'member of this case', name, span, known });
  return undefined;
}

/** A value that neither the pack nor any overlay of it names can only be a slip. */
function reportUnknownValue(
  place: Place,
  root: 'pack' | 'limits' | 'timers',
  name: string | undefined,
  span: Span,
): void {
  if (name === undefined) return;
  const { language, targetNames } = place.context.source;
  const member = root === 'pack' ? 'values' : root;
  const overlays: readonly (Value | undefined)[] = [
    language[member],
    ...[...language.profiles.values()].map(over => memberOf(over, member)),
    ...[...(language.transports?.values() ?? []), ...(targetNames ?? [])].map(over => over[member]),
  ];
  const known = overlays.flatMap(over => (isObject(over) ? Object.keys(over) : []));
  if (known.includes(name)) return;
  const what = { pack: 'value of the pack', limits: 'limit', timers: 'timer' }[root];
  reportUnknown(place.context.report, { code: 'unknown-value', what, name, span, known });
}
