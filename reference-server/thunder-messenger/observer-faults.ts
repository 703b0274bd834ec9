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
    breaks: ['register.several-events'],
  },
  'incomplete-registration-accepted': {
    description: 'Confirms a registration without an event or an id.',
    breaks: ['register.incomplete'],
  },
  'never-registered-unregistered': {
    description: 'Confirms the end of a registration that there is not.',
    breaks: ['unregister.not-registered'],
  },
  'unregister-without-effect': {
    description: 'Confirms the end of a registration and goes on notifying.',
    breaks: ['unregister.stops'],
  },
  'unregister-ends-other-events': {
    description: 'Ends the registrations of the same id for all events.',
    breaks: ['unregister.only-that'],
  },
  'registrations-outlive-connections': {
    description: 'Takes an id for taken that was registered on a connection which has ended.',
    breaks: ['observers.end-with-connection'],
  },
  'one-session-only': {
    description: 'Notifies one connection of those that have registered.',
    breaks: ['notification.all-observers'],
  },
  'client-id-left-out': {
    description: 'Leaves the client id out of the designator of notifications.',
    breaks: ['notification.designator'],
  },
  'roomid-left-out': {
    description: 'Leaves the roomid out of the designator of notifications.',
    breaks: ['notification.designator'],
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
    breaks: ['roomupdate.replay'],
  },
  'secure-rooms-told-as-insecure': {
    description: 'Calls every room insecure.',
    breaks: ['roomupdate.secure'],
  },
  'rooms-told-as-secure': {
    description: 'Calls every room secure.',
    breaks: ['join.insecure-default'],
  },
  'users-not-replayed': {
    description: 'Tells a new observer nothing of those who are in the room.',
    breaks: ['userupdate.replay'],
  },
  'oneself-not-replayed': {
    description: 'Tells a new observer of all who are in the room but itself.',
    breaks: ['userupdate.replay'],
  },
  'joined-not-told': {
    description: 'Tells nobody that a user has joined.',
    breaks: ['userupdate.joined'],
  },
  'left-not-told': {
    description: 'Tells nobody that a user has left.',
    breaks: ['userupdate.left'],
  },
  'left-told-as-joined': {
    description: 'Tells that a user has left as if they had joined.',
    breaks: ['userupdate.left'],
  },
  'userupdate-to-other-rooms': {
    description: 'Tells also the other rooms of a connection who has come and gone.',
    breaks: ['userupdate.only-room'],
  },
} as const satisfies Record<string, FaultDescription>;
