/** Actions that should be refused as malformed, and that faults read all the same. */
import { type JsonSource, kindOf, membersOf } from '../core/json-source.ts';
import { type Action, type Malformed, readAction } from './actions.ts';
import type { GradagendaBehaviour } from './context.ts';
import type { FaultName } from './faults.ts';

type Members = ReadonlyMap<string, JsonSource>;

/** What a fault makes of the members, or undefined where it has nothing to mend. */
type Repair = (members: Members) => Members | undefined;

const repairs: readonly (readonly [FaultName, Repair])[] = [
  ['missing-cdid-accepted', members => (members.has('cdid') ? undefined : withMember(members, 'cdid', '""'))],
  ['type-in-capitals-accepted', lowerType],
  [
    'missing-timestamp-accepted',
    members => (members.has('sender-timestamp') ? undefined : withMember(members, 'sender-timestamp', '0')),
  ],
  ['timestamp-as-text-accepted', unquoteTimestamp],
  ['missing-body-accepted', addBody],
];

/** As `readAction` does it, if no fault is on. */
export function readWithFaults(behaviour: GradagendaBehaviour, source: JsonSource): Action | Malformed {
  const action = readAction(source);
  if (action.type !== 'malformed' || kindOf(source) !== 'object') return action;
  for (const [fault, repair] of repairs) {
    const mended = behaviour.isOn(fault) ? repair(membersOf(source)) : undefined;
    const read = mended && readAction(write(mended));
    if (read && read.type !== 'malformed' && behaviour.fires(fault)) return read;
  }
  return action;
}

function lowerType(members: Members): Members | undefined {
  const type = members.get('type');
  return type === undefined ? undefined : withMember(members, 'type', type.toLowerCase());
}

function unquoteTimestamp(members: Members): Members | undefined {
  const digits = /^"(\d+)"$/.exec(members.get('sender-timestamp') ?? '');
  return digits ? withMember(members, 'sender-timestamp', digits[1]!) : undefined;
}

function addBody(members: Members): Members | undefined {
  const message = members.get('message');
  if (message === undefined || kindOf(message) !== 'object') return undefined;
  const inner = membersOf(message);
  return inner.has('body') ? undefined : withMember(members, 'message', write(withMember(inner, 'body', '""')));
}

function withMember(members: Members, name: string, source: JsonSource): Members {
  return new Map([...members, [name, source]]);
}

function write(members: Members): JsonSource {
  return `{${[...members].map(([name, source]) => `${JSON.stringify(name)}:${source}`).join(',')}}`;
}
