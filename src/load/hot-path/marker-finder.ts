/**
 * Finds the marker in a message. Messages of one length mostly have it in one place, so the place is remembered by length and looked at
 * first; where no sound marker stands there, the message is searched.
 */
import { type MarkerFields, markerBytes, readMarker, tagBytes, viewOf } from './marker.ts';

export type Found = 'sound' | 'corrupt' | 'none';

export interface MarkerFinder extends MarkerFields {
  /** Looks at the message in `[start, end)`. The fields hold what was read if it is `sound`. */
  find(area: Buffer, start: number, end: number): Found;
}

/** Longer messages are searched each time. */
const rememberedLengths = 65_536;

export function createMarkerFinder(tag: string): MarkerFinder {
  const tagged = Buffer.from(tag);
  const [head, tail] = [tagged.readUInt32LE(0), tagged.readUInt16LE(4)];
  const skipOf = skips(tagged);
  const placeOfLength = new Int32Array(rememberedLengths + 1).fill(-1);
  const finder: MarkerFinder = { stream: 0, sequence: 0, dueUs: 0, find };
  const last = new Int32Array(lastWords);
  let area: Buffer = Buffer.alloc(0);
  let view = viewOf(area);

  function find(from: Buffer, start: number, end: number): Found {
    // Nearly always the area that all connections share.
    if (from !== area) {
      area = from;
      view = viewOf(from);
    }
    const length = end - start;
    const place = length <= rememberedLengths ? placeOfLength[length]! : -1;
    if (place >= 0 && isTag(start + place) && (isLast(start + place) || read(start + place))) return 'sound';
    return search(start, end);
  }

  /** The same marker as was read last. The end comes first: there another one is different. */
  function isLast(at: number): boolean {
    return (
      view.getInt32(at + 21, true) === last[4] &&
      view.getInt32(at + 18, true) === last[3] &&
      view.getInt32(at + 14, true) === last[2] &&
      view.getInt32(at + 10, true) === last[1] &&
      view.getInt32(at + 6, true) === last[0]
    );
  }

  function read(at: number): boolean {
    if (!readMarker(view, at, finder)) return false;
    last[0] = view.getInt32(at + 6, true);
    last[1] = view.getInt32(at + 10, true);
    last[2] = view.getInt32(at + 14, true);
    last[3] = view.getInt32(at + 18, true);
    last[4] = view.getInt32(at + 21, true);
    return true;
  }

  function isTag(at: number): boolean {
    return view.getUint32(at, true) === head && view.getUint16(at + 4, true) === tail;
  }

  /** A tag that no sound marker follows may stand in what others say: the first sound one counts. */
  function search(start: number, end: number): Found {
    let seen = false;
    for (let at = nextTag(start, end); at >= 0; at = nextTag(at + tagBytes, end)) {
      seen = true;
      if (at + markerBytes > end || !read(at)) continue;
      const length = end - start;
      if (length <= rememberedLengths) placeOfLength[length] = at - start;
      return 'sound';
    }
    return seen ? 'corrupt' : 'none';
  }

  function nextTag(start: number, end: number): number {
    if (end - start > shortBytes) {
      const at = area.subarray(start, end).indexOf(tagged);
      return at < 0 ? -1 : start + at;
    }
    for (let last = start + tagBytes - 1; last < end; last += skipOf[area[last]!]!) {
      if (isTag(last - tagBytes + 1)) return last - tagBytes + 1;
    }
    return -1;
  }

  return finder;
}

/**
 * What follows the tag, in words of which the last two overlap. Most receivers of a message have it one after the other, so the marker
 * that was read last is known again without looking its digits up.
 */
const lastWords = 5;

/** In shorter messages a search of our own is faster than a call of Node's, which is faster for each byte. */
const shortBytes = 256;

/** By the byte under the tag's end: how far the tag can be moved before the two may agree (Horspool). */
function skips(tagged: Buffer): Uint8Array {
  const skipOf = new Uint8Array(256).fill(tagBytes);
  for (let k = 0; k < tagBytes - 1; k++) skipOf[tagged[k]!] = tagBytes - 1 - k;
  return skipOf;
}
