import type { Source } from '../../values/expression.ts';
import type { Macro, NameScope } from './name-scope.ts';
import type { PlanContext } from './plan-context.ts';
import type { Site } from './site.ts';

/** Where a name is looked up. */
export interface Place {
  readonly scope: NameScope;
  readonly site: Site;
  readonly context: PlanContext;
}

/** What a path begins with, and the members and indexes behind it. */
export type Found =
  | { readonly source: Source; readonly rest: readonly string[] }
  | { readonly macro: Macro; readonly rest: readonly string[] };
