/** One request: from its text to its answer. JSON-RPC 2.0, with the readings of docs/protocols/thunder-messenger.md. */
import type { Outbox } from '../core/outbound.ts';
import type { Call, Caller, Context, Outcome } from './context.ts';
import { interfaceVersions, readDesignator } from './designators.ts';
import type { RequestId } from './frames.ts';
import type { RefusalName } from './generations.ts';
import { join, leave } from './membership-calls.ts';
import { send } from './messages.ts';
import { isObject, readExists } from './params.ts';
import { register, unregister } from './registration-calls.ts';

export interface Performed {
  /** Undefined where nothing is answered. */
  readonly answer: string | undefined;
  readonly refusal?: RefusalName;
}

/** What others hear of it, and what the caller hears besides the answer, goes to the outbox. Never throws. */
export function perform(context: Context, caller: Caller, outbox: Outbox, text: string): Performed {
  const { behaviour, frames, generation } = context;
  const request = readRequest(text);
  if (!request) {
    if (behaviour.fires('not-json-ignored')) return { answer: undefined };
    return { answer: frames.error(null, generation.refusals.notJson), refusal: 'notJson' };
  }
  const id = request.id === 0 && behaviour.fires('zero-is-no-id') ? undefined : request.id;
  if (id === undefined && behaviour.fires('without-id-not-done')) return { answer: undefined };

  const outcome = serve(context, caller, outbox, request);
  if ('refusal' in outcome) {
    const refusal = generation.refusals[outcome.refusal];
    if (id === undefined && behaviour.fires('without-id-errors-kept')) return { answer: undefined };
    return { answer: frames.error(id, refusal), refusal: outcome.refusal };
  }
  if (id === undefined && !behaviour.fires('without-id-answered')) return { answer: undefined };
  return { answer: frames.result(id ?? null, outcome.result) };
}

interface Request {
  readonly id: RequestId;
  readonly method: string;
  readonly params: unknown;
}

/** Undefined for what is no request: also a list of requests, which Thunder does not know. */
function readRequest(text: string): Request | undefined {
  const value = parse(text);
  if (!isObject(value) || typeof value.method !== 'string') return undefined;
  const { id, method, params } = value;
  if (id !== undefined && !isRequestId(id)) return undefined;
  return { id, method, params };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Thunder counts its requests in 32 bits, without sign. */
function isRequestId(id: unknown): id is number {
  return typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < 2 ** 32;
}

function serve(context: Context, caller: Caller, outbox: Outbox, { method: designator, params }: Request): Outcome {
  const { behaviour } = context;
  const read = readDesignator(designator, caller.path, behaviour);
  if ('refusal' in read) return read;
  const exact = methods.get(read.method);
  const caseless = exact ?? methods.get(read.method.toLowerCase());
  if (!caseless) return behaviour.fires('unknown-method-done') ? { result: null } : { refusal: 'unknownMethod' };
  if (!exact && !behaviour.fires('methods-without-case')) return { refusal: 'unknownMethod' };
  return caseless(context, { caller, params, outbox });
}

const methods = new Map<string, (context: Context, call: Call) => Outcome>([
  ['join', join],
  ['leave', leave],
  ['send', send],
  ['register', register],
  ['unregister', unregister],
  ['exists', exists],
  ['versions', ({ behaviour }) => ({ result: behaviour.fires('no-versions') ? [] : interfaceVersions })],
]);

function exists({ behaviour }: Context, { params: given }: Call): Outcome {
  const params = readExists(given);
  if (!params) return { refusal: 'badRequest' };
  return { result: methods.has(params.method) || behaviour.fires('everything-exists') };
}
