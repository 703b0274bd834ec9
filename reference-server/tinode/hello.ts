/** hi: which version of the protocol is spoken, and what this server allows. */
import { answer, type Call, type Context } from './context.ts';
import { cleared } from './merge.ts';
import type { BodyOf } from './requests.ts';
import { tagLengths } from './tags.ts';

export function greet(context: Context, call: Call, body: BodyOf<'hi'>): void {
  const { session } = call;
  const { ver = '', ua = '', dev = '', lang = '' } = body;
  if (session.version !== undefined) return greetAgain(context, call, body);
  const version = readVersion(ver);
  if (version === 0) return answer(context, call, 'malformed');
  const isTooOld = version < leastVersion;
  if (isTooOld && !context.behaviour.fires('any-version-accepted')) return answer(context, call, 'versionNotSupported');
  session.version = version;
  session.userAgent = ua;
  session.language = lang;
  session.deviceId = dev === cleared ? '' : dev;
  answer(context, call, session.transport === 'longpoll' ? 'ok' : 'created', { params: announce(context, call) });
}

/** A session may give another device, once it is somebody's. */
function greetAgain(context: Context, call: Call, { ver = '', dev = '', lang = '' }: BodyOf<'hi'>): void {
  const { session } = call;
  if (ver !== '' && readVersion(ver) !== session.version) return answer(context, call, 'outOfSequence');
  if (session.user === undefined) return answer(context, call, 'authenticationRequired');
  if (lang !== '') session.language = lang;
  const isNews = dev === cleared || (dev !== '' && dev !== session.deviceId);
  session.deviceId = dev === cleared ? '' : dev;
  const params = context.behaviour.fires('limits-told-again') ? announce(context, call) : undefined;
  answer(context, call, isNews || session.transport === 'longpoll' ? 'ok' : 'created', { params });
}

function announce({ limits, profile, timers }: Context, { session }: Call): object {
  return {
    ver: supportedVersion,
    build: 'reference',
    maxMessageSize: limits.messageBytes,
    maxSubscriberCount: limits.subscribers,
    minTagLength: tagLengths.least,
    maxTagLength: tagLengths.most,
    maxTagCount: limits.tags,
    maxFileUploadSize: limits.uploadBytes,
    reqCred: profile.validatesEmail ? { auth: ['email'] } : null,
    msgDelAge: timers.deletableMs / 1000,
    ...(profile.hasCalls && { iceServers: [{ urls: ['stun:stun.example.com'] }], callTimeout: timers.callMs / 1000 }),
    ...(session.transport === 'grpc' && { servingAt: '', clusterSize: 1 }),
  };
}

/** Three numbers as one; 0 if there is none. What follows the digits of each does not count. */
function readVersion(text: string): number {
  const [major = '', minor = '', patch = ''] = text.replace(/^v/, '').split('.');
  return readPart(major) * 2 ** 16 + readPart(minor) * 2 ** 8 + readPart(patch);
}

function readPart(text: string): number {
  const part = Number(/^\d+/.exec(text)?.[0] ?? 0);
  return part > mostPart ? 0 : part;
}

const supportedVersion = '0.25';
/** 0.20 */
const leastVersion = 20 * 2 ** 8;
const mostPart = 0x1fff;
