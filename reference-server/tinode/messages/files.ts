/** Files, as protobuf messages. */
import { inBytes, int32, int64, message, one, text } from '../../core/protobuf.ts';

/** The secret is base64 here too. */
const login = message({ 1: one('scheme', text), 2: one('secret', text) });
const about = message({
  1: one('name', text),
  2: one('mediaType', text),
  3: one('etag', text),
  4: one('sizeBytes', int64),
});
const content = inBytes(
  bytes => bytes,
  value => value as Buffer,
);
const answer = { 1: one('id', text), 2: one('code', int32), 3: one('text', text), 4: one('about', about) };

export const uploadRequest = message({
  1: one('id', text),
  2: one('login', login),
  3: one('topic', text),
  4: one('about', about),
  5: one('content', content),
});
export const uploadAnswer = message(answer);

export const downloadRequest = message({ 1: one('id', text), 2: one('login', login), 3: one('uri', text) });
export const downloadAnswer = message({ ...answer, 6: one('content', content) });

export interface FileAbout {
  readonly name?: string;
  readonly mediaType?: string;
  readonly etag?: string;
  readonly sizeBytes?: number;
}

interface FileLogin {
  readonly scheme?: string;
  readonly secret?: string;
}

export interface UploadRequest {
  readonly id?: string;
  readonly login?: FileLogin;
  readonly about?: FileAbout;
  readonly content?: Buffer;
}

export interface DownloadRequest {
  readonly id?: string;
  readonly login?: FileLogin;
  readonly uri?: string;
}
