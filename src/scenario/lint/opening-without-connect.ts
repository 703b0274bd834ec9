import type { Report } from '../../documents/shape.ts';
import { asksForOpening } from '../interpret/opening.ts';
import type { ClientStep } from '../plan.ts';

/** Only the step that connects sees the connection begin. */
export function lintOpening(step: ClientStep, report: Report): void {
  if (step.connect || !asksForOpening(step)) return;
  report({
    code: 'opens-nothing',
    severity: 'error',
    message: 'expected connect beside an expectation of opened, came a step that opens no connection',
    span: step.span,
    suggestion: 'ask for it in the step that has connect',
  });
}
