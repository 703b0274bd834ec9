/** Files that users have sent, in a folder that ends with the server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extensionOf } from './media-type.ts';

export interface StoredFile {
  readonly mediaType: string;
  readonly atMs: number;
  /** As HTTP compares it. */
  readonly etag: string;
  readonly content: Buffer;
}

export interface FileStore {
  /** Returns its name, by which it is found. */
  add(content: Uint8Array, mediaType: string): Promise<string>;
  /** Whatever follows a dot in the name does not count. */
  find(name: string): Promise<StoredFile | undefined>;
  remove(): void;
}

export function createFileStore(randomBytes: (count: number) => Uint8Array): FileStore {
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-tinode-'));
  const stored = new Map<string, { readonly mediaType: string; readonly atMs: number }>();
  return {
    async add(content, mediaType) {
      const key = Buffer.from(randomBytes(keyBytes)).toString('base64url');
      await writeFile(join(folder, key), content);
      stored.set(key, { mediaType, atMs: Date.now() });
      return `${key}${extensionOf(mediaType)}`;
    },
    async find(name) {
      const key = name.replace(/\..*$/s, '');
      const known = stored.get(key);
      return known && { ...known, etag: `"${key.toLowerCase()}"`, content: await readFile(join(folder, key)) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const keyBytes = 8;
