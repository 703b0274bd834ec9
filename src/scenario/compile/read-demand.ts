import type { Pattern } from '../../values/pattern.ts';
import type { DemandNode } from '../files/file-types.ts';
import type { Demand } from '../plan.ts';
import type { Place } from './place.ts';
import { framePatternAt, patternAt } from './read-values.ts';
import { replyPointerOf } from './reply-pointer.ts';

/** Reads in the order in which the parts are matched: what `http` binds is seen by `frame` and `text`. */
export function readDemand(node: DemandNode, place: Place, ofSingleRequest: boolean): Demand {
  const http = node.http && {
    ...(node.http.status && { status: patternAt(place, node.http.status) }),
    // Header names arrive in lower case.
    headers: node.http.headers.map(header => ({
      name: header.name.value.toLowerCase(),
      pattern: patternAt(place, header.node),
    })),
  };
  const frame = node.frame && framePatternAt(place, node.frame);
  const replyAt = frame && ofSingleRequest ? replyPointerOf(frame, place.context.source.pack) : undefined;
  const text = node.text && patternAt(place, node.text);
  const closed = node.closed && {
    ...(node.closed.code && { code: patternAt(place, node.closed.code) }),
    ...(node.closed.status && { status: patternAt(place, node.closed.status) }),
  };
  return { http, frame, text, closed, replyAt };
}

/** Every pattern of a demand. */
export function patternsOf(demand: Demand): readonly Pattern[] {
  const { frame, text, http, closed } = demand;
  const all = [
    http?.status,
    ...(http?.headers.map(header => header.pattern) ?? []),
    frame,
    text,
    closed?.code,
    closed?.status,
  ];
  return all.filter(pattern => pattern !== undefined);
}
