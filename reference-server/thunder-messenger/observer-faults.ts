import type { FaultDescription } from '../core/behaviour.ts';

/** In who is told, of what, and under which name. */
export const observerFaults = {
  // Registration and notifications
  'registered-twice': {
    description: 'Accepts a registration that is there already.',
    breaks: ['register.duplicate'],
  },
  'one-event-for-a-client': {
    description: 'Refuses a client id that is registered for another event.',
    breaks: ['register.several-events', 'register.result', 'userupdate.replay', 'roomupdate.replay'],
  },
  'incomplete-registration-accepted': {
    description: 'Confirms a registration without an event or an id.',
    breaks: ['register.incomplete'],
  },
  'never-registered-unregistered': {
    description: 'Confirms the end of a registration that there is not.',
    breaks: ['unregister.not-registered', 'case.client-ids'],
  },
  'unregister-without-effect': {
    description: 'Confirms the end of a registration and goes on notifying.',
    breaks: ['unregister.stops', 'unregister.not-registered', 'register.result'],
  },
  'unregister-ends-other-events': {
    description: 'Ends the registrations of the same id for all events.',
    breaks: ['unregister.only-that'],
  },
  'registrations-outlive-connections': {
    description: 'Takes an id for taken that was registered on a connection which has ended.',
    breaks: ['observers.end-with-connection', 'roomupdate.replay'],
  },
  'one-session-only': {
    description: 'Tells what happens in a room to one connection of those that have registered with a roomid.',
    breaks: ['notification.all-observers'],
  },
  'client-id-left-out': {
    description: 'Leaves the client id out of the designator of userupdate.',
    breaks: [
      'frames.valid',
      'notification.designator',
      'userupdate.replay',
      'join.names-unchanged',
      'leave.roomid-dead',
    ],
  },
  'roomid-left-out': {
    description: 'Leaves the roomid out of the designator of userupdate.',
    breaks: [
      'frames.valid',
      'notification.designator',
      'userupdate.replay',
      'join.names-unchanged',
      'leave.roomid-dead',
    ],
  },
  'rooms-not-replayed': {
    description: 'Tells a new observer nothing of the rooms that are there.',
    breaks: ['roomupdate.replay'],
  },
  'oldest-room-not-replayed': {
    description: 'Tells a new observer of all rooms but the oldest.',
    breaks: ['roomupdate.replay'],
  },
  'rooms-replayed-as-destroyed': {
    description: 'Tells a new observer of rooms that are there as if they were gone.',
    breaks: ['roomupdate.replay', 'frames.unasked'],
  },
  'secure-rooms-told-as-insecure': {
    description: 'Calls every room insecure.',
    breaks: ['roomupdate.secure'],
  },
  'insecure-taken-for-secure': {
    description: 'Makes a room secure that is to be insecure in so many words.',
    breaks: ['join.insecure-default', 'roomupdate.destroyed'],
  },
  'users-not-replayed': {
    description: 'Tells a new observer nothing of those who are in the room.',
    breaks: ['userupdate.replay', 'join.names-unchanged', 'leave.roomid-dead'],
  },
  'oneself-not-replayed': {
    description: 'Tells a new observer of all who are in the room but itself.',
    breaks: ['userupdate.replay', 'join.names-unchanged', 'leave.roomid-dead'],
  },
  'joined-not-told': {
    description: 'Tells nobody that a user has joined.',
    breaks: [
      'userupdate.joined',
      'register.several-events',
      'join.names-unchanged',
      'userupdate.replay',
      'http.effect',
    ],
  },
  'left-not-told': {
    description: 'Tells nobody that a user has left.',
    breaks: ['userupdate.left', 'close.leaves', 'http.effect'],
  },
  'left-told-as-joined': {
    description: 'Tells that a user has left as if they had joined.',
    breaks: ['userupdate.left', 'close.leaves', 'http.effect'],
  },
  'rooms-told-twice': {
    description: 'Tells every observer twice that a room is created or destroyed.',
    breaks: ['roomupdate.once', 'join.existing', 'roomupdate.repeated', 'frames.unasked'],
  },
  'users-told-twice': {
    description: 'Tells every observer twice that a user has joined or left.',
    breaks: ['userupdate.once', 'frames.unasked'],
  },
  'rooms-told-to-members': {
    description: 'Tells of a room that comes or goes also who joins or leaves it, registered or not.',
    breaks: ['roomupdate.only-registered', 'frames.unasked'],
  },
  'userupdate-to-other-rooms': {
    description:
      'Tells also the other rooms of a connection who has come and gone, whom they have been told of before.',
    breaks: ['userupdate.only-room', 'userupdate.once', 'frames.unasked'],
  },
} as const satisfies Record<string, FaultDescription>;
