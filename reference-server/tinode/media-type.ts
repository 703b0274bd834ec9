/** What a file is, by how it begins. */
function sniffMediaType(start: Buffer): string {
  const latin = start.toString('latin1');
  const known = signatures.find(([signature]) => latin.startsWith(signature));
  if (known) return known[1];
  const written = latin.trimStart().toLowerCase();
  if (htmlStarts.some(each => written.startsWith(each))) return 'text/html; charset=utf-8';
  if (written.startsWith('<?xml')) return 'text/xml; charset=utf-8';
  return start.some(isBinary) ? unknown : 'text/plain; charset=utf-8';
}

/** What a client says counts where the content says nothing, and if it is a kind of file that may be shown. */
export function mediaTypeOf(bytes: Uint8Array, said: string): string {
  // What a short file lacks counts as zeros, so that it is no text.
  const start = Buffer.alloc(sniffedBytes);
  start.set(bytes.subarray(0, sniffedBytes));
  const sniffed = sniffMediaType(start);
  const isKnown = sniffed !== unknown || !shownKinds.some(kind => said.startsWith(kind));
  return isKnown ? sniffed : said;
}

/** Over gRPC a short file is taken as it is, and whatever a client says counts. */
export function grpcMediaTypeOf(bytes: Buffer, said: string): string {
  const sniffed = sniffMediaType(bytes.subarray(0, sniffedBytes));
  return sniffed === unknown && said !== '' ? said : sniffed;
}

/** Whatever could run as a page is saved rather than shown. */
export function isAttachment(mediaType: string): boolean {
  return /html|xml/.test(mediaType) || savedKinds.some(kind => mediaType.startsWith(kind));
}

export function extensionOf(mediaType: string): string {
  const [bare = ''] = mediaType.split(';');
  return extensions[bare] ?? '';
}

function isBinary(byte: number): boolean {
  return byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f);
}

const unknown = 'application/octet-stream';
const signatures: readonly (readonly [string, string])[] = [
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['BM', 'image/bmp'],
  ['%PDF-', 'application/pdf'],
  ['PK\x03\x04', 'application/zip'],
  ['\x1f\x8b\x08', 'application/x-gzip'],
  ['OggS\x00', 'application/ogg'],
  ['ID3', 'audio/mpeg'],
];
const htmlStarts = [
  '<!doctype html',
  '<html',
  '<head',
  '<script',
  '<body',
  '<table',
  '<div',
  '<p>',
  '<h1',
  '<br',
  '<!--',
];
const shownKinds = ['application/', 'audio/', 'font/', 'image/', 'text/', 'video/'];
const savedKinds = ['application/', 'message/', 'model/', 'multipart/', 'text/'];
const extensions: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'image/bmp': '.bmp',
  'application/pdf': '.pdf',
  'application/zip': '.zip',
  'text/html': '.html',
  'text/plain': '.txt',
  'text/xml': '.xml',
};
const sniffedBytes = 512;
