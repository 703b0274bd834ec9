/**
 * Finds the marker in a message. Messages of one length mostly have it in one place, so the place is remembered by length and looked at
 * first; where the tag does not stand there, the message is searched.
 */
import { type MarkerFields, markerBytes, readMarker, tagBytes } from './marker.ts';

export type Found = 'sound' | 'corrupt' | 'none';

export interface MarkerFinder extends MarkerFields {
  /** Looks at the message in `[start, end)`. The fields hold what was read if it is `sound`. */
  find(area: Buffer, start: number, end: number): Found;
}

/** Longer messages are searched each time. */
const rememberedLengths = 65_536;

export function createMarkerFinder(tag: string): MarkerFinder {
  const tagged = Buffer.from(tag);
  const [t0, t1, t2, t3, t4, t5] = tagged as unknown as readonly [number, number, number, number, number, number];
  const placeOfLength = new Int32Array(rememberedLengths + 1).fill(-1);
  const finder: MarkerFinder = { stream: 0, sequence: 0, dueUs: 0, find };

  function find(area: Buffer, start: number, end: number): Found {
    const length = end - start;
    const place = length <= rememberedLengths ? placeOfLength[length]! : -1;
    if (place >= 0) {
      const at = start + place;
      const isHere =
        area[at] === t0 &&
        area[at + 1] === t1 &&
        area[at + 2] === t2 &&
        area[at + 3] === t3 &&
        area[at + 4] === t4 &&
        area[at + 5] === t5;
      if (isHere && readMarker(area, at, finder)) return 'sound';
    }
    return search(area.subarray(start, end));
  }

  /** A tag that no sound marker follows may stand in what others say: the first sound one counts. */
  function search(message: Buffer): Found {
    let seen = false;
    for (let at = message.indexOf(tagged); at >= 0; at = message.indexOf(tagged, at + tagBytes)) {
      seen = true;
      if (at + markerBytes > message.length || !readMarker(message, at, finder)) continue;
      if (message.length <= rememberedLengths) placeOfLength[message.length] = at;
      return 'sound';
    }
    return seen ? 'corrupt' : 'none';
  }

  return finder;
}
