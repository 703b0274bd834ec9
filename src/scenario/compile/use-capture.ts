import type { Span } from '../../foundation/span.ts';
import type { Source } from '../../values/expression.ts';
import type { Capture } from './name-scope.ts';
import type { Place } from './place.ts';
import type { Site } from './site.ts';

/** The source of a captured name, if it is surely bound when this place is reached (language, section 7). */
export function useCapture(place: Place, capture: Capture, span: Span): Source | undefined {
  const { site, context } = place;
  context.trace.use(capture.span);
  const here = isBoundHere(site, capture);
  if (here && !site.visible.has(slotWithin(site, capture))) {
    context.report({
      code: 'unbound-name',
      severity: 'error',
      message: `${capture.name} is bound by another item of this expect, which may come later`,
      span,
      suggestion: `bind it here too ($as: ${capture.name} compares when it is bound already), or put the items in order`,
    });
    return undefined;
  }
  if (!here && capture.certainty === 'maybe') {
    context.report({
      code: 'maybe-unbound',
      severity: 'error',
      message: `${capture.name} is bound only in an optional part or in some of the alternatives (line ${capture.span.line})`,
      span,
      suggestion: 'bind it in every alternative, or use it only there',
    });
    return undefined;
  }
  const turn = capture.repeat !== 0 && capture.repeat === site.repeat;
  return { from: 'slot', slot: here ? slotWithin(site, capture) : capture.slot, turn };
}

export function isBoundHere(site: Site, capture: Capture): boolean {
  return capture.expect !== 0 && capture.expect === site.expect;
}

/** Within the expectation that binds it, a name of several clients is the own client's: `self.` stands for its name. */
export function slotWithin(site: Site, capture: Capture): string {
  return site.several ? `self.${capture.slot.slice(capture.slot.indexOf('.') + 1)}` : capture.slot;
}
