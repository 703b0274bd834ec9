/** Section "send method". */
import type { Outbox } from '../core/outbound.ts';
import type { Call, Context, Outcome } from './context.ts';
import { othersElsewhere } from './leaks.ts';
import { notifyMessage } from './notify.ts';
import { readSend } from './params.ts';
import { readParams } from './read-params.ts';
import type { Member } from './rooms.ts';

export function send(context: Context, { params: given, outbox }: Call): Outcome {
  const { behaviour, faultMemory, rooms } = context;
  const params = readParams(behaviour, given, readSend);
  if (!params) return { refusal: 'badRequest' };
  const member = rooms.memberOf(params.roomid);
  if (!member) {
    const isFormer = faultMemory.formerRoomids.has(params.roomid) && behaviour.fires('left-roomid-still-sends');
    return isFormer || behaviour.fires('sent-with-unknown-roomid') ? { result: null } : { refusal: 'unknownRoomid' };
  }

  const { message } = params;
  const cut = [...message].length > truncatedLength && behaviour.fires('message-truncated');
  const carried = cut ? [...message].slice(0, truncatedLength).join('') : message;
  for (const hearer of hearersOf(context, member)) {
    const isCrowd = member.room.members.size > 2 && hearer !== member;
    const sender = isCrowd && behaviour.fires('sender-misnamed') ? hearer.user : member.user;
    notifyMessage(context, outbox, hearer, sender, carried);
    tellWatchers(context, outbox, hearer.roomid, { user: sender, message: carried });
    if (behaviour.fires('message-twice')) notifyMessage(context, outbox, hearer, sender, carried);
  }
  return { result: behaviour.fires('result-true') ? true : null };
}

/** The sender is one of those who hear it. */
function hearersOf({ behaviour, rooms }: Context, member: Member): readonly Member[] {
  const members = [...member.room.members.values()];
  const without = members.length > 1 && behaviour.fires('message-not-to-sender');
  const hearers = without ? members.filter(other => other !== member) : members;
  const elsewhere = behaviour.isOn('message-to-other-rooms') ? othersElsewhere(rooms, member) : [];
  return elsewhere.length > 0 && behaviour.fires('message-to-other-rooms') ? [...hearers, ...elsewhere] : hearers;
}

/** Who watches the users of the room under this roomid, and has not registered for its messages. */
function tellWatchers({ behaviour, frames, observers }: Context, outbox: Outbox, roomid: string, params: object): void {
  if (observers.of('message', roomid).length > 0) return;
  for (const { connection, id } of observers.of('userupdate', roomid))
    if (behaviour.fires('message-to-who-watches-users'))
      outbox.send([connection], frames.notification(`${id}.message`, { ...params }));
}

const truncatedLength = 40;
