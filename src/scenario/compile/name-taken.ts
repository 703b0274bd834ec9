import type { Span } from '../../foundation/span.ts';
import { type NameScope, scopesAround } from './name-scope.ts';
import type { PlanContext } from './plan-context.ts';

/** Reports a name that means something else in the scope already: whoever reads the file would have to guess. */
export function reportTaken(context: PlanContext, scope: NameScope, name: string, span: Span): void {
  for (const each of scopesAround(scope)) {
    const other = each.macros.get(name) ?? each.clients.get(name) ?? each.captures.get(name);
    if (!other && !each.groups.has(name)) continue;
    context.report({
      code: 'name-taken',
      severity: 'error',
      message: `${name} is the name of something else${other ? ` (line ${other.span.line})` : ''}`,
      span,
      suggestion: 'choose another name',
    });
    return;
  }
}
