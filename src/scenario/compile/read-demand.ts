import type { Pattern } from '../../values/pattern.ts';
import type { DemandNode } from '../files/file-types.ts';
import type { Demand } from '../plan.ts';
import type { Place } from './place.ts';
import { framePatternAt, memberPatternAt, patternAt } from './read-values.ts';
import { replyPointerOf } from './reply-pointer.ts';

/** Reads in the order in which the parts are matched: what `http` binds is seen by `frame` and `text`. */
export function readDemand(node: DemandNode, place: Place, ofSingleRequest: boolean): Demand {
  const http = node.http && {
    ...(node.http.status && { status: patternAt(place, node.http.status) }),
    // Header names arrive in lower case.
    headers: node.http.headers.map(header => ({
      name: header.name.value.toLowerCase(),
      pattern: memberPatternAt(place, header.node),
    })),
  };
  const frame = node.frame && framePatternAt(place, node.frame);
  const replyAt = frame && ofSingleRequest ? replyPointerOf(frame, place.context.source.pack) : undefined;
  const text = node.text && patternAt(place, node.text);
  const opened = node.opened && {
    ...(node.opened.subprotocol && { subprotocol: memberPatternAt(place, node.opened.subprotocol) }),
  };
  const closed = node.closed && {
    ...(node.closed.code && { code: memberPatternAt(place, node.closed.code) }),
    ...(node.closed.status && { status: patternAt(place, node.closed.status) }),
  };
  return { http, frame, text, opened, closed, replyAt };
}

/** Every pattern of a demand. */
export function patternsOf(demand: Demand): readonly Pattern[] {
  const { frame, text, http, opened, closed } = demand;
  const all = [
    http?.status,
    ...(http?.headers.map(header => header.pattern) ?? []),
    frame,
    text,
    opened?.subprotocol,
    closed?.code,
    closed?.status,
  ];
  return all.filter(pattern => pattern !== undefined);
}
