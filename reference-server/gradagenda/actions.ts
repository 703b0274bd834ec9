/**
 * What a client may ask for: from the text of a JSON object to one typed action, or the reason why it is none. Required fields are
 * those of section 3.2 of the GradAgenda specification; members that it does not name are ignored.
 */
import { elementsOf, type JsonSource, kindOf, membersOf } from '../core/json-source.ts';

/** A user's or a session's id. `7` and `"7"` are the same id; `source` is the one that was written, to be echoed as given. */
export interface Id {
  readonly key: string;
  readonly source: JsonSource;
}

/** A message as it was written; `body` and `type` are only read out of it. */
export interface Message {
  readonly source: JsonSource;
  readonly type: string;
  readonly body: string;
}

export type Action = { [T in ActionType]: ActionOf<T> }[ActionType];
type ActionType = keyof typeof fields;
export type ActionOf<T extends ActionType> = { readonly type: T; readonly cdid: JsonSource } & {
  readonly [F in keyof (typeof fields)[T]]: Read<(typeof fields)[T][F]>;
};

export interface Malformed {
  readonly type: 'malformed';
  /** The cdid, if there was one and it was text. */
  readonly cdid: JsonSource | undefined;
  readonly why: string;
}

/** Never throws; a client may write anything. */
export function readAction(source: JsonSource): Action | Malformed {
  if (kindOf(source) !== 'object') return malformed(undefined, 'an action is a JSON object');
  const members = membersOf(source);
  const cdid = members.get('cdid');
  // Section 3.1: a cdid is text; empty or long makes no difference.
  if (cdid === undefined || kindOf(cdid) !== 'text') return malformed(undefined, 'cdid should be text');
  const typeSource = members.get('type');
  const type = typeSource === undefined ? undefined : readText(typeSource);
  if (type === undefined) return malformed(cdid, 'type should be text');
  if (!isActionType(type)) return malformed(cdid, 'there is no action of this type');
  const action: Record<string, unknown> = { type, cdid };
  for (const [field, { member, expected, read }] of Object.entries<Field<unknown>>(fields[type])) {
    const value = members.get(member);
    const parsed = value === undefined ? undefined : read(value);
    if (parsed === undefined) return malformed(cdid, `${member} should be ${expected}`);
    action[field] = parsed;
  }
  return action as unknown as Action;
}

interface Field<T> {
  readonly member: string;
  readonly expected: string;
  readonly read: (source: JsonSource) => T | undefined;
}

type Read<F> = F extends Field<infer T> ? T : never;

function field<T>(member: string, expected: string, read: Field<T>['read']): Field<T> {
  return { member, expected, read };
}

const userId = field('user-id', 'text or a number', readId);
const participants = field('user-id', 'an array of texts or numbers', readIds);
const sessionId = field('session-id', 'text or a number', readId);

const fields = {
  // Section 3.2.1
  authenticate: {
    user: userId,
    device: field('device-id', 'text', readText),
    token: field('token', 'text', readText),
  },
  // Section 3.2.2
  'request-direct-session-info': { other: userId },
  // Section 3.2.3
  'request-mutable-session-creation': { participants },
  // Section 3.2.4, modification
  'request-mutable-session-modification': { session: sessionId, participants },
  // Section 3.2.4, deletion
  'request-mutable-session-deletion': { session: sessionId },
  // Section 3.2.5
  'request-mutable-session-listing': {},
  // Section 3.2.6
  'request-sending-a-message': {
    session: sessionId,
    message: field('message', 'an object with a type and a body that are texts', readMessage),
    timestamp: field('sender-timestamp', 'a number', readNumber),
  },
  // Section 3.4
  'batch-mode-action': { actions: field('actions', 'an array', readArray) },
} as const;

function isActionType(type: string): type is ActionType {
  return Object.hasOwn(fields, type);
}

function malformed(cdid: JsonSource | undefined, why: string): Malformed {
  return { type: 'malformed', cdid, why };
}

function readText(source: JsonSource): string | undefined {
  return kindOf(source) === 'text' ? (JSON.parse(source) as string) : undefined;
}

function readNumber(source: JsonSource): JsonSource | undefined {
  return kindOf(source) === 'number' ? source : undefined;
}

function readArray(source: JsonSource): readonly JsonSource[] | undefined {
  return kindOf(source) === 'array' ? elementsOf(source) : undefined;
}

function readId(source: JsonSource): Id | undefined {
  const key = readText(source) ?? readNumber(source);
  return key === undefined ? undefined : { key, source };
}

function readIds(source: JsonSource): readonly Id[] | undefined {
  const ids = readArray(source)?.map(readId);
  return ids?.every(id => id !== undefined) ? ids : undefined;
}

// Section 3.1, message-type
function readMessage(source: JsonSource): Message | undefined {
  if (kindOf(source) !== 'object') return undefined;
  const members = membersOf(source);
  const type = readText(members.get('type') ?? '0');
  const body = readText(members.get('body') ?? '0');
  return type === undefined || body === undefined ? undefined : { source, type, body };
}
