/** Frames as the session loop of gRPC carries them. */
import { clientMessage } from './client.ts';
import { serverMessage } from './server.ts';

/** Throws a ProtobufError for what is no message. */
export function readClientFrame(bytes: Uint8Array): string {
  return JSON.stringify(clientMessage.decode(bytes));
}

export function writeServerFrame(text: string): Buffer {
  const frame = JSON.parse(text) as Frame;
  const { ctrl } = frame;
  return serverMessage.encode(ctrl && isMute(ctrl) ? { ctrl: { ...ctrl, params: undefined } } : frame);
}

interface Frame {
  readonly [kind: string]: unknown;
  readonly ctrl?: Ctrl;
}

interface Ctrl {
  readonly code: number;
  readonly params?: { readonly what?: string; readonly del?: number } | null;
}

/** Some answers lose their parameters here. */
function isMute({ code, params }: Ctrl): boolean {
  return (code === 204 && muteParts.includes(params?.what ?? '')) || code === 303 || params?.del !== undefined;
}

const muteParts = ['tags', 'creds', 'aux', 'del'];
