import type { Located } from '../../documents/located.ts';
import type { Pattern } from '../../values/pattern.ts';
import type { ClientNode } from '../files/file-types.ts';
import type { PlanClient } from '../plan.ts';
import { sweepBarrier } from './barrier-plan.ts';
import { openScope } from './name-scope.ts';
import type { Place } from './place.ts';
import type { PlanContext } from './plan-context.ts';
import { patternsAt } from './read-values.ts';
import { noSite } from './site.ts';

/** The lists of `ignore` that a client may have, the nearest first. */
export interface IgnoreLists {
  readonly ofScenario: Located | undefined;
  readonly ofActor: Located | undefined;
}

/** The nearest list of `ignore` counts alone: client, else scenario, else actor, else pack (language, section 6). */
export function planClient(node: ClientNode, { ofScenario, ofActor }: IgnoreLists, around: Place): PlanClient {
  const { context } = around;
  const name = node.name.value;
  const facts = context.clients.get(name)!;
  const place: Place = { ...around, site: { ...noSite, clients: [name] } };
  const own = node.ignore ?? ofScenario;
  const barrier = sweepBarrier(place, node.as.value);
  return {
    name,
    actor: node.as.value,
    ...facts,
    ignore: own ? patternsAt(place, own) : packPatterns(context, 'ignore', ofActor, name),
    ...(barrier && { barrier }),
    span: node.span,
  };
}

/** Patterns of pack.yaml: they see the common roots only. */
export function packPatterns(
  context: PlanContext,
  key: 'foreign' | 'ignore',
  ofActor?: Located,
  client?: string,
): readonly Pattern[] {
  const { language } = context.source;
  const node = ofActor ?? language[key];
  if (!node) return [];
  context.files.add(language.file);
  const scope = openScope({ number: ++context.counts.scopes, kind: 'pack' });
  return patternsAt({ scope, context, site: { ...noSite, clients: client === undefined ? [] : [client] } }, node);
}

/** Texts of the files that contributed, for excerpts. */
export function textsOf(context: PlanContext): Readonly<Record<string, string>> {
  const { sourceTexts } = context.source;
  return Object.fromEntries(
    [...context.files].flatMap(file => (sourceTexts.has(file) ? [[file, sourceTexts.get(file)!]] : [])),
  );
}
