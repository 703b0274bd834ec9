import type { FaultDescription } from '../core/behaviour.ts';

export const accountFaults = {
  // Registration
  'null-key-accepted': {
    description: 'Takes a registration of which a key is null.',
    breaks: ['registration.no-key-null'],
  },
  'missing-key-accepted': {
    description: 'Takes a registration of which a key is missing.',
    breaks: ['registration.no-key-missing'],
  },
  'same-email-accepted': {
    description: 'Takes a registration with an address that is registered.',
    breaks: ['registration.email-taken'],
  },
  'same-username-accepted': {
    description: 'Takes a registration with a username that is registered.',
    breaks: ['registration.username-taken'],
  },
  'email-unchecked-by-verify': {
    description: 'Does not look again, when a registration is verified, whether its address was registered meanwhile.',
    breaks: ['verify.email-taken-meanwhile'],
  },
  'username-unchecked-by-verify': {
    description: 'Does not look again, when a registration is verified, whether its username was registered meanwhile.',
    breaks: ['verify.username-taken-meanwhile'],
  },
  'wrong-password-accepted': {
    description: 'Takes any one-time password for right.',
    breaks: ['verify.wrong-refused'],
  },
  'stale-password-accepted': {
    description: 'Takes the one-time password of an earlier registration on the connection for right.',
    breaks: ['verify.stale-refused'],
  },
  'registration-unanswered': {
    description: 'Mails a one-time password, and does not say so.',
    breaks: ['registration.otp-sent'],
  },
  'second-registration-refused': {
    description: 'Refuses a registration on a connection on which another waits to be verified.',
    breaks: ['registration.again'],
  },
  'replaced-registration-completed': {
    description: 'Completes with a registration also those which it has replaced.',
    breaks: ['registration.replaces'],
  },
  'wrong-guess-final': {
    description: 'Drops a registration after one wrong guess.',
    breaks: ['verify.again-after-wrong'],
  },
  'password-of-any-connection': {
    description: 'Takes the one-time password of a registration on another connection, where no two have the same.',
    breaks: ['verify.other-connection'],
  },
  'users-shown-after-verify': {
    description: 'Lists the users to whoever has registered, as if that had logged in.',
    breaks: ['verify.not-logged-in'],
  },
  // Login
  'message-before-login-unanswered': {
    description: 'Drops messages that come before login.',
    breaks: ['first.refused'],
  },
  'users-shown-to-strangers': {
    description: 'Lists the users to a connection that is not logged in, or not yet, or no more.',
    breaks: ['first.refused', 'verify.not-logged-in', 'logout.ends'],
  },
  'message-before-login-delivered': {
    description: 'Delivers a message that comes before login, which it refuses all the same.',
    breaks: ['first.no-effect'],
  },
  'entered-twice': {
    description: 'Lets a connection that is logged in register, verify and log in as if it were not.',
    breaks: ['login.entered-already'],
  },
  'login-without-password': {
    description: 'Takes any password at login.',
    breaks: ['login.wrong-password'],
  },
  'login-by-password-alone': {
    description: 'Takes a login that names nobody for one to the first account with its password.',
    breaks: ['login.by-neither'],
  },
  'unknown-name-overlooked': {
    description: 'Takes a login by a name that nobody has for one to the first account with its password.',
    breaks: ['login.unknown-account'],
  },
  'login-by-both-refused': {
    description: 'Fails a login that gives username and email.',
    breaks: ['login.success', 'login.again-after-failure', 'line.several-at-once'],
  },
  'login-needs-email': {
    description: 'Fails a login whose email is null.',
    breaks: ['login.by-username'],
  },
  'login-needs-username': {
    description: 'Fails a login whose username is null.',
    breaks: ['login.by-email'],
  },
  'username-decides': {
    description: 'Where username and email are of two accounts, logs in to that of the username.',
    breaks: ['login.two-accounts'],
  },
  'login-echoes-request': {
    description: 'Gives the name that the request has as the other one too.',
    breaks: ['login.own-names'],
  },
  'friends-only-written-to': {
    description: 'Lists as friends only those whom one has sent a message.',
    breaks: ['friends.contacted-by'],
  },
  'friends-only-heard-of': {
    description: 'Lists as friends only those of whom one has got a message.',
    breaks: ['friends.contacted'],
  },
  'friends-are-all': {
    description: 'Lists as friends everybody who is registered.',
    breaks: ['friends.none', 'friends.nobody-else'],
  },
  'friends-listed-twice': {
    description: 'Lists a friend twice with whom messages went both ways.',
    breaks: ['friends.each-once'],
  },
  'friends-include-oneself': {
    description: 'Lists whoever has friends among their own.',
    breaks: ['friends.not-oneself'],
  },
  'kept-messages-repeated': {
    description: 'Delivers at every login what was kept for the first.',
    breaks: ['personal.offline-once'],
  },
  // Logout
  'logout-closes': {
    description: 'Ends the connection after logout.',
    breaks: ['logout.stays-open', 'steps.done'],
  },
  'logout-unanswered': {
    description: 'Logs out, and does not say so.',
    breaks: ['logout.success', 'line.several-at-once'],
  },
  'logout-without-effect': {
    description: 'Confirms a logout and leaves the connection logged in.',
    breaks: ['logout.ends', 'logout.twice', 'logout.stays-open', 'voice.offline'],
  },
  // Users
  'users-only-logged-in': {
    description: 'Lists only users who are logged in.',
    breaks: ['users.all'],
  },
  'users-without-oneself': {
    description: 'Leaves whoever asks out of the list of users.',
    breaks: ['users.oneself'],
  },
  'users-not-verified-yet': {
    description: 'Lists registrations that wait to be verified.',
    breaks: ['users.only-registered'],
  },
  'users-listed-twice': {
    description: 'Lists every user twice.',
    breaks: ['users.each-once'],
  },
} as const satisfies Record<string, FaultDescription>;
