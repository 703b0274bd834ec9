/** The parameters of each method: undefined where they are not what the document asks for. Names count as they are written. */
export interface JoinParams {
  readonly room: string;
  readonly user: string;
  readonly secure: 'secure' | 'insecure' | undefined;
  readonly acl: readonly string[] | undefined;
}

/** Section "join method". A name that is empty is invalid. */
export function readJoin(params: unknown): JoinParams | undefined {
  if (!isObject(params)) return undefined;
  const { room, user, secure, acl } = params;
  if (!isName(room) || !isName(user)) return undefined;
  if (secure !== undefined && secure !== 'secure' && secure !== 'insecure') return undefined;
  if (acl !== undefined && !isTexts(acl)) return undefined;
  return { room, user, secure, acl };
}

/** Section "leave method". */
export function readLeave(params: unknown): { readonly roomid: string } | undefined {
  if (!isObject(params) || typeof params.roomid !== 'string') return undefined;
  return { roomid: params.roomid };
}

/** Section "send method". An empty message is one. */
export function readSend(params: unknown): { readonly roomid: string; readonly message: string } | undefined {
  if (!isObject(params)) return undefined;
  const { roomid, message } = params;
  return typeof roomid === 'string' && typeof message === 'string' ? { roomid, message } : undefined;
}

/** The notifications' examples of a registration. */
export function readRegistration(params: unknown): { readonly event: string; readonly id: string } | undefined {
  if (!isObject(params)) return undefined;
  const { event, id } = params;
  return isName(event) && isName(id) ? { event, id } : undefined;
}

export function readExists(params: unknown): { readonly method: string } | undefined {
  return isObject(params) && typeof params.method === 'string' ? { method: params.method } : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(element => typeof element === 'string');
}
